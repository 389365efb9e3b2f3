package discord

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// contract is Discord's own description of its REST interface.
type contract struct{ router routers.Router }

// specification is where it lies, beside the repository.
const specification = "../shared/specs/discord-openapi.json"

var readContract = sync.OnceValues(func() (*contract, error) {
	data, err := os.ReadFile(filepath.Join("..", "..", specification))
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, err
	}
	router, err := legacy.NewRouter(doc, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation(), openapi3.DisableSchemaDefaultsValidation())
	return &contract{router}, err
})

// loadContract returns nil, which checks nothing, where there is no
// description.
func loadContract(t testing.TB) *contract {
	c, err := readContract()
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatalf("specification: %v", err)
	}
	return c
}

// permissionString is what the description takes for a number only; Discord
// itself writes it as a string, and takes one.
var permissionString = regexp.MustCompile(`"default_member_permissions":"(\d+)"`)

// check validates a request. The description is of version 10, whose requests
// are those of 9 as far as the bot makes them.
func (c *contract) check(r *http.Request, sent call) error {
	if c == nil {
		return nil
	}
	r = r.Clone(context.Background())
	r.Body = io.NopCloser(bytes.NewReader(permissionString.ReplaceAll(sent.body, []byte(`"default_member_permissions":$1`))))
	r.URL.Scheme, r.URL.Host, r.Host = "https", "discord.com", "discord.com"
	r.URL.Path = "/api/v10" + sent.path
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(context.Background(), &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	})
}

func TestContractIsHeld(t *testing.T) {
	c := loadContract(t)
	if c == nil {
		t.Skipf("requests are not checked: %s is not there", specification)
	}
	body := `{"content": 5}`
	r, err := http.NewRequest("POST", "http://x/", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if c.check(r, call{"POST", "/channels/900000000000000001/messages", []byte(body)}) == nil {
		t.Error("a message whose content is a number passes")
	}
}
