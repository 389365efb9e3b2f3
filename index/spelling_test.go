package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/index"
	"handout/knowledge"
)

// However a question is typed, it finds the same.
func TestTypedInOtherWays(t *testing.T) {
	x := openStarter(t)
	for text, others := range map[string][]string{
		"what is a jak inhibitor": {"what is a jakinhibitor", "what is a jak-inhibitor", "what is a jak‐inhibitor", "what is a jak‑inhibitor", "what is a jak‒inhibitor",
			"what is a jak–inhibitor", "what is a jak—inhibitor", "what is a jak―inhibitor", "what is a jak−inhibitor", "what is a jak﹣inhibitor", "what is a jak－inhibitor",
			"ＷＨＡＴ ｉｓ ａ ｊａｋ ｉｎｈｉｂｉｔｏｒ", "whát is a jak inhibitör", "what is a j\u00ada\u200bk inhib\u2060itor"},
		"i can't sleep for itching": {"i can’t sleep for itching", "i canʼt sleep for itching", "i can＇t sleep for itching", "i can´t sleep for itching", "i can`t sleep for itching", "i can‘t sleep for itching",
			"i can′t sleep for itching", "i can‛t sleep for itching", "i cant sleep for itching"},
		"can you drink with rinvoq":          {"can u drink with rinvoq", "can u drink w/ rinvoq", "can u drink w/rinvoq", "can you drink wiv rinvoqqq"},
		"is my eczema cream without steroid": {"is ur eczema cream w/o steroid", "is your eczema cream w/out steroid"},
		"why is my skin so itchy":            {"why is my skin sooooo itchyyy", "whyyyy is my skinnn so itchy"},
		"what is a fingertip unit":           {"what is a finger tip unit", "what is a fingertipunit", "what is a fingertip-unit"},
		"side effects of opzelura":           {"sideeffects of opze lura", "side effectsof opzelura"},
		"what does the black box mean":       {"what does the blackbox mean"},
		"how do i get eczema before today":   {"how do i get eczema b4 2day"},
	} {
		want, _ := first(search(t, x, index.Query{Text: text}))
		for _, other := range others {
			if got, _ := first(search(t, x, index.Query{Text: other})); got != want {
				t.Errorf("%q finds %s, %q %s", other, got, text, want)
			}
		}
	}
}

func TestAccentsTypedOrLeftOut(t *testing.T) {
	x := buildFrom(t, writeCorpus(t, map[string]string{
		"corpus.yaml": "name: Piel\nlang: es\ngrade_limit: 0\n",
		"niños.md":    "---\nid: ninos\ntitle: ¿Cómo se trata a un niño?\n---\nCon crema.\n",
		"picazón.md":  "---\nid: picazon\ntitle: ¿Qué es la picazón?\n---\nLa piel se inflama.\n",
	}))
	for text, want := range map[string]string{"como se trata a un nino": "ninos", "que es la picazon": "picazon", "qué es la pícazón": "picazon"} {
		if id, confidence := first(search(t, x, index.Query{Text: text})); id != want || confidence < answering {
			t.Errorf("%q finds %s (%.2f), want %s", text, id, confidence, want)
		}
	}
}

// Words of the language and names of other medicines are left as they are.
func TestNeverCorrected(t *testing.T) {
	x := openStarter(t)
	for text := range strings.FieldsSeq(`
		heather drought deceive sweeping weather altar allege alley amble angler aloft alloy crows court plate slate timer stole
		sixteen seventeen goodnight algebra guitar gravel mango parrot pillow painting kidnap babysitter moonlight sunflower harry
		xolair xeljanz xarelto olumiant oluvance rinvoq rexulti cibinqo cimzia cialis tofacitinib fedratinib baricitinib imatinib
		upadacitinib abrocitinib brepocitinib ropsacitinib ivarmacitinib povorcitinib peficitinib itacitinib tasocitinib decernotinib
		filgotinib ritlecitinib deuruxolitinib ruxolitinib gusacitinib momelotinib pacritinib gefitinib erlotinib dasatinib nilotinib
		dupilumab durvalumab denosumab tralokinumab tocilizumab lebrikizumab ixekizumab risankizumab nemolizumab natalizumab mepolizumab
		omalizumab ocrelizumab adalimumab alemtuzumab tezepelumab bimekizumab mirikizumab vedolizumab spesolimab
		enalapril lisinopril ramipril perindopril losartan valsartan candesartan irbesartan telmisartan
		adbry adlyxin ebglyss enbrel eliquis elidel elavil eucrisa evista vtama viagra zoryve zovirax zocor zoloft zometa zyrtec zantac
		protonix protopic opdivo opsumit anzupgo corectim coreg clobetasol clobetasone prednisone prednisolone prednicarbate
		tacrolimus sirolimus everolimus pimecrolimus hydralazine hydroxyzine hydroxyurea methotrexate metolazone
		cetirizine levocetirizine azathioprine azithromycin mycophenolate ciclosporin cycloserine betamethasone dexamethasone
		mometasone fluticasone triamcinolone tramadol trazodone calcipotriol calcitriol`) {
		if r := search(t, x, index.Query{Text: text}); len(r.Corrected) > 0 {
			t.Errorf("corrected %v", r.Corrected)
		}
	}
}

// No name of another medicine leads to a snippet on one of the corpus's.
func TestOtherMedicinesFindNothing(t *testing.T) {
	x := openStarter(t)
	for name := range strings.FieldsSeq(`xarelto rexulti cimzia cialis oluvance imatinib brepocitinib ivarmacitinib peficitinib tasocitinib adlyxin
		durvalumab tocilizumab natalizumab enalapril valsartan candesartan eliquis elavil evista zovirax zocor zometa protonix opdivo coreg
		sirolimus everolimus hydralazine metolazone levocetirizine azithromycin dexamethasone fluticasone trazodone
		blorbitinib zenkumab quaxopril velsartan moltastatin`) {
		for _, format := range []string{"%s", "%s side effects", "what is %s", "how long does %s take to work", "is %s safe for my baby"} {
			r := search(t, x, index.Query{Text: fmt.Sprintf(format, name)})
			if id, confidence := first(r); confidence >= answering || len(r.Guesses) > 0 {
				t.Errorf("%q is answered by %s (%.2f), guesses %v", fmt.Sprintf(format, name), id, confidence, r.Guesses)
			}
		}
	}
}

// One typing error in a medicine's name never makes it another medicine.
func TestTypingErrorsInMedicines(t *testing.T) {
	x := openStarter(t)
	names := map[string]*knowledge.Entity{}
	for _, e := range ofKinds(t, knowledge.Medicine) {
		for _, name := range e.Names() {
			names[strings.ToLower(name)] = e
		}
	}
	letters := rand.New(rand.NewPCG(1, 2))
	asked, right := 0, 0
	for _, e := range ofKinds(t, knowledge.Medicine) {
		for _, name := range append([]string{e.Name}, e.Brands...) {
			if len(name) < 6 || strings.ContainsAny(name, " -") {
				continue
			}
			for range 5 {
				typed := []rune(strings.ToLower(name))
				switch i := 1 + letters.IntN(len(typed)-2); letters.IntN(4) {
				case 0:
					typed[i], typed[i+1] = typed[i+1], typed[i]
				case 1:
					typed[i] = 'a' + letters.Int32N(26)
				case 2:
					typed = slices.Delete(typed, i, i+1)
				default:
					typed = slices.Insert(typed, i, 'a'+letters.Int32N(26))
				}
				asked++
				for _, c := range search(t, x, index.Query{Text: string(typed)}).Corrected {
					_, meant, _ := strings.Cut(c, "→")
					if o := names[meant]; o == e {
						right++
					} else {
						t.Errorf("%s, meant for %s, is corrected to %s", string(typed), e.ID, meant)
					}
				}
			}
		}
	}
	if right < asked*7/10 {
		t.Errorf("%d of %d names with a typing error are recognised", right, asked)
	}
	t.Logf("%d of %d names with a typing error are recognised", right, asked)
}

func TestGuesses(t *testing.T) {
	x := openStarter(t)
	for text, want := range map[string]string{
		"side effects of jupixent":        "Dupixent",
		"clobetaso cream":                 "clobetasol clobetasone",
		"what is clobetaso":               "clobetasol clobetasone",
		"what is rinvoq":                  "",
		"what is eczema":                  "",
		"could you reserve a table":       "",
		"what is the capital of xanthria": "",
	} {
		var names []string
		for _, g := range search(t, x, index.Query{Text: text}).Guesses {
			if g.Matches[0].Confidence >= answering {
				names = append(names, g.Name)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q: guesses %q, want %q", text, got, want)
		}
	}
}

// unknownWords makes a message of words that nobody has typed before.
func unknownWords(letters *rand.Rand) string {
	var b strings.Builder
	for range 256 {
		for range 7 + letters.IntN(6) {
			b.WriteByte("abcdefghilmnoprstuz"[letters.IntN(19)])
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func TestUnknownWordsAreCheap(t *testing.T) {
	x := openStarter(t)
	text := unknownWords(rand.New(rand.NewPCG(3, 4)))
	start := time.Now()
	search(t, x, index.Query{Text: text})
	if d := time.Since(start); d > time.Second {
		t.Errorf("256 unknown words took %v", d)
	}
}
