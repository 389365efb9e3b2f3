package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// specFile is the official description of the Bot API.
var specFile = filepath.Join("..", "..", "..", "shared", "specs", "telegram-api.json")

// contract holds calls to the description. A nil contract holds nothing.
type contract struct {
	Methods map[string]specType `json:"methods"`
	Types   map[string]specType `json:"types"`
}

type specType struct {
	Fields   []specField `json:"fields"`
	Subtypes []string    `json:"subtypes"`
}

type specField struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
}

var readContract = sync.OnceValues(func() (*contract, error) {
	data, err := os.ReadFile(specFile)
	if err != nil {
		return nil, err
	}
	var c contract
	return &c, json.Unmarshal(data, &c)
})

func loadContract(t testing.TB) *contract {
	c, err := readContract()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *contract) check(t testing.TB, method string, v url.Values) {
	if c == nil {
		return
	}
	if err := c.checkCall(method, v); err != nil {
		t.Errorf("a call against the Bot API's description: %v", err)
	}
}

func (c *contract) checkCall(method string, v url.Values) error {
	m, ok := c.Methods[method]
	if !ok {
		return fmt.Errorf("no method %s", method)
	}
	object := map[string]json.RawMessage{}
	for name := range v {
		i := slices.IndexFunc(m.Fields, func(f specField) bool { return f.Name == name })
		if i < 0 {
			return fmt.Errorf("%s has no parameter %s", method, name)
		}
		object[name] = formValue(m.Fields[i], v.Get(name))
	}
	return c.fields(method, m.Fields, object)
}

// formValue is a form's value as JSON: strings come without quotes.
func formValue(f specField, value string) json.RawMessage {
	if slices.Contains(f.Types, "Integer") {
		if _, err := strconv.ParseInt(value, 10, 64); err == nil {
			return json.RawMessage(value)
		}
	}
	if slices.Contains(f.Types, "String") {
		quoted, _ := json.Marshal(value)
		return quoted
	}
	return json.RawMessage(value)
}

func (c *contract) fields(where string, fields []specField, object map[string]json.RawMessage) error {
	for _, f := range fields {
		value, ok := object[f.Name]
		if !ok {
			if f.Required {
				return fmt.Errorf("%s lacks %s", where, f.Name)
			}
			continue
		}
		var errs []error
		for _, kind := range f.Types {
			errs = append(errs, c.value(where+"."+f.Name, kind, value))
		}
		if !slices.Contains(errs, nil) {
			return errors.Join(errs...)
		}
	}
	for name := range object {
		if !slices.ContainsFunc(fields, func(f specField) bool { return f.Name == name }) {
			return fmt.Errorf("%s has no field %s", where, name)
		}
	}
	return nil
}

func (c *contract) value(where, kind string, raw json.RawMessage) error {
	if inner, ok := strings.CutPrefix(kind, "Array of "); ok {
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil || list == nil {
			return fmt.Errorf("%s is no array: %s", where, raw)
		}
		for i, item := range list {
			if err := c.value(fmt.Sprintf("%s[%d]", where, i), inner, item); err != nil {
				return err
			}
		}
		return nil
	}
	var err error
	switch kind {
	case "String":
		err = json.Unmarshal(raw, new(string))
	case "Integer":
		err = json.Unmarshal(raw, new(int64))
	case "Float":
		err = json.Unmarshal(raw, new(float64))
	case "Boolean", "True":
		err = json.Unmarshal(raw, new(bool))
	default:
		return c.object(where, kind, raw)
	}
	if err != nil {
		return fmt.Errorf("%s is no %s: %s", where, kind, raw)
	}
	return nil
}

func (c *contract) object(where, kind string, raw json.RawMessage) error {
	typ, ok := c.Types[kind]
	if !ok {
		return fmt.Errorf("%s: the description has no type %s", where, kind)
	}
	var errs []error
	for _, sub := range typ.Subtypes {
		err := c.object(where, sub, raw)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return fmt.Errorf("%s is no object: %s", where, raw)
	}
	return c.fields(where+" "+kind, typ.Fields, object)
}

func TestContractFindsWhatIsWrong(t *testing.T) {
	c := loadContract(t)
	if c == nil {
		t.Skipf("SKIPPED: %s is not there, so no call is held to the Bot API's description", specFile)
	}
	for _, tc := range []struct {
		name, method, form string
		ok                 bool
	}{
		{"right", "sendMessage", `chat_id=5&text=x&reply_parameters={"message_id":1}`, true},
		{"right keyboard", "sendMessage", `chat_id=5&text=x&reply_markup={"inline_keyboard":[[{"text":"x","callback_data":"y"}]]}`, true},
		{"no such method", "sendMesage", `chat_id=5&text=x`, false},
		{"misspelt parameter", "sendMessage", `chat_id=5&text=x&parsemode=HTML`, false},
		{"removed parameter", "sendMessage", `chat_id=5&text=x&reply_to_message_id=7`, false},
		{"missing parameter", "sendMessage", `chat_id=5`, false},
		{"wrong type", "sendMessage", `chat_id=5&text=x&message_thread_id=general`, false},
		{"misspelt field", "sendMessage", `chat_id=5&text=x&reply_parameters={"message":1}`, false},
		{"missing field", "sendMessage", `chat_id=5&text=x&reply_markup={"inline_keyboard":[[{"callback_data":"y"}]]}`, false},
	} {
		form, err := url.ParseQuery(tc.form)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.checkCall(tc.method, form); (err == nil) != tc.ok {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}
