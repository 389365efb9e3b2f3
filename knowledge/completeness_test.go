package knowledge

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// agreed are the topics that the starter corpus was asked to cover.
const agreed = `
jak-basics jak-how-work jak-who-for jak-topical-vs-oral jak-boxed-warning jak-side-effects-common jak-opzelura jak-rinvoq
jak-cibinqo jak-olumiant jak-anzupgo jak-starting-checks jak-monitoring jak-vaccines jak-pregnancy jak-breastfeeding
jak-interactions jak-missed-dose jak-infections jak-shingles jak-clots-heart jak-smoking jak-age-risk jak-cancer jak-acne
jak-travel jak-alcohol jak-combining jak-cost-access jak-stopping jak-time-to-work jak-surgery jak-practical
ecz-what ecz-types ecz-causes ecz-contagious ecz-triggers ecz-diagnosis ecz-outlook ecz-itch ecz-moisturisers
ecz-fire-safety ecz-bathing ecz-bleach-bath ecz-wet-wraps ecz-steroids ecz-steroid-withdrawal ecz-tci ecz-crisaborole
ecz-roflumilast ecz-tapinarof ecz-biologics ecz-phototherapy ecz-older-systemics ecz-infection-signs ecz-sleep
ecz-children ecz-skin-of-colour ecz-diet-allergy ecz-mental-health ecz-hand-work ecz-antihistamines ecz-unlicensed-creams
ecz-see-doctor ecz-talk-doctor
em-heart em-stroke em-clot em-anaphylaxis em-sepsis em-eczema-herpeticum em-suicide em-poison em-belly-pain em-eye
em-urgent-infection about-bot privacy`

func TestStarterCorpusHasEveryAgreedTopic(t *testing.T) {
	c := starterCorpus(t)
	covered := map[string]bool{}
	for _, s := range c.Snippets {
		for _, id := range s.Topics {
			covered[id] = true
		}
	}
	want := strings.Fields(agreed)
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(covered)); !slices.Equal(got, want) {
		t.Errorf("covers %v\nagreed %v", got, want)
	}
}

// treatments are the snippets that say what a treatment is.
var treatments = []string{
	"jak-rinvoq", "jak-cibinqo", "jak-olumiant", "jak-opzelura", "jak-anzupgo",
	"ecz-dupilumab", "ecz-tralokinumab", "ecz-lebrikizumab", "ecz-nemolizumab",
	"ecz-steroids", "ecz-tci", "ecz-crisaborole", "ecz-roflumilast", "ecz-tapinarof", "ecz-phototherapy", "ecz-older-systemics",
}

// TestEachTreatmentHasEqualRoom: none may look better because more is said of
// it. Each has one text that says what it is, all of like length.
func TestEachTreatmentHasEqualRoom(t *testing.T) {
	c := starterCorpus(t)
	var lengths []int
	for _, id := range treatments {
		lengths = append(lengths, len(Words(c.Snippet(id).plain())))
	}
	sorted := slices.Sorted(slices.Values(lengths))
	median := sorted[len(sorted)/2]
	for i, id := range treatments {
		if n := lengths[i]; n < median*7/10 || n > median*13/10 {
			t.Errorf("%s has %d words, the median is %d", id, n, median)
		}
	}
}

var (
	promotionRE = regexp.MustCompile(`(?i)\b(?:best (?:medicine|treatment|cream|tablet|option|choice)|better than|breakthrough|miracle|revolutionary|game.?changer|safest|gold standard|superior|powerful|life.?changing|proven to|clinically proven|fast.?acting|well tolerated|first choice|amazing)\b`)
	relativeRE  = regexp.MustCompile(`(?i)%|\bper ?cent\b|\b(?:twice|double|triple|three times|half) (?:as|the) (?:likely|risk|chance|many)|\btimes (?:more|less|as|higher)\b`)
	approvalRE  = regexp.MustCompile(`(?i)\b(?:approved|licensed|licenced|recommended it|backs|backed)\b`)
	countryRE   = regexp.MustCompile(`\b(?:US|EU|UK|England|Great Britain|Canada|Canada's|Japan|China|NICE|Europe)\b`)
	yearRE      = regexp.MustCompile(`\b20\d\d\b`)
)

func TestStarterCorpusDoesNotPromote(t *testing.T) {
	for _, s := range starterCorpus(t).Snippets {
		if m := promotionRE.FindString(s.Title + "\n" + s.plain()); m != "" {
			t.Errorf("%s: %q promotes", s.ID, m)
		}
	}
}

// TestNumbersAreAbsolute: "twice as likely" frightens or comforts without
// saying how likely.
func TestNumbersAreAbsolute(t *testing.T) {
	for _, s := range starterCorpus(t).Snippets {
		if m := relativeRE.FindString(s.plain()); m != "" {
			t.Errorf("%s: %q; say it of so many people", s.ID, m)
		}
	}
}

// TestApprovalsNameCountryAndYear: what is approved differs, and changes.
func TestApprovalsNameCountryAndYear(t *testing.T) {
	other := strings.NewReplacer("licensed pharmacy", "", "whether the liquid is approved", "") // a shop; no approval
	for _, s := range starterCorpus(t).Snippets {
		text := other.Replace(s.plain())
		says := approvalRE.MatchString(text)
		if says && (!countryRE.MatchString(text) || !yearRE.MatchString(text)) {
			t.Errorf("%s speaks of an approval without its country and year", s.ID)
		}
	}
}

// TestWhatFrightensSaysNotToStopAlone: who reads of a risk may stop at once,
// and come to harm by that.
func TestWhatFrightensSaysNotToStopAlone(t *testing.T) {
	c := starterCorpus(t)
	riskRE := regexp.MustCompile(`(?i)\b(?:cancers?|lymphoma|heart attacks?|strokes?|clots?|death|boxed warning)\b`)
	aloneRE := regexp.MustCompile(`(?i)on your own`)
	before := []string{"jak-cost-access-online", "jak-starting-checks", "jak-starting-checks-tell"} // there is nothing to stop yet
	n := 0
	for _, s := range c.Snippets {
		medicine := slices.ContainsFunc(s.About, func(id string) bool {
			e := c.Vocabulary.Entity(id)
			return e != nil && e.BoxedWarning != ""
		})
		if !medicine || !riskRE.MatchString(s.Body) || slices.Contains(before, s.ID) {
			continue
		}
		n++
		sent := s.Body
		for _, id := range s.With {
			sent += c.Snippet(id).Body
		}
		if !aloneRE.MatchString(sent) {
			t.Errorf("%s tells of a risk, but not to change nothing alone", s.ID)
		}
	}
	if n < 20 {
		t.Errorf("only %d texts tell of a risk", n)
	}
}
