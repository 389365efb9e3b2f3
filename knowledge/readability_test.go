package knowledge

import (
	"math"
	"strings"
	"testing"
)

func TestCountSyllables(t *testing.T) {
	byCount := map[int]string{
		1: `a the be me skin itch cream dose used need see eyes does goes tried dried cause clothes aches called
			changed stopped helped rash blood year you your yes friend priest tongue cant dont arms through eczemas1`,
		2: `people being seeing doing going wanted needed likely safely rarely careful useless sometimes something
			treatment movement statement basement tablet tables muscles pimples handled doctor worry itchy uses doses
			causes patches itches headaches changes player beyond drying trying quiet question frequent unique
			special partial surgeon region tension lotion patient centre fibre million trial diet science being
			isnt hadnt wouldnt spasm rhythm layer allow useful hopeful highly reasons disease tissue covered infect`,
		3: `medicine usual area idea infection infected diseases benefit continue serious previous infectious
			contagious delicious easier easiest society1 nausea element supplement settlement agreement completely
			allergies series1 video manual actual medium period violet physician general vitamin hospital
			quality condition opinion radio being1 example different pregnancy however gradual barrier`,
		4: `usually society variety anxiety bacteria material diabetes temperature immediately1 associate1
			experience moisturiser information ability biology emergency vegetables continuing continuous`,
		5: `immediately university opportunity hypersensitive1`,
	}
	for want, words := range byCount {
		for _, w := range strings.Fields(words) {
			if strings.HasSuffix(w, "1") { // spoken in more than one way, or not our business
				continue
			}
			if got := countSyllables(w); got != want {
				t.Errorf("countSyllables(%q) = %d, want %d", w, got, want)
			}
		}
	}
}

func TestGrade(t *testing.T) {
	v := &Vocabulary{masked: map[string]bool{"upadacitinib": true, "atopic dermatitis": true}}
	tests := []struct {
		name, text string
		want       float64 // by hand, from the formula
	}{
		{"nothing", " \n ", 0},
		{"one short sentence", "The cat sat on the mat.", 0.39*6 + 11.8*6/6 - 15.59},
		{"two sentences", "You may itch. Keep your skin cool.", 0.39*7/2 + 11.8*7/7 - 15.59},
		{"a list item is a sentence", "red\nblue", 0.39*1 + 11.8*1 - 15.59},
		{"a closing quote ends it as well", "“Do not rub.” They said it twice.", 0.39*7/2 + 11.8*7/7 - 15.59},
		{"no space, no end", "It is 2.5 now.", 0.39*5 + 11.8*5/5 - 15.59},
		{"names count as one short word", "Upadacitinib treats atopic dermatitis.", 0.39*3 + 11.8*3/3 - 15.59},
		{"long words", "Immediate hospital care.", 0.39*3 + 11.8*8/3 - 15.59},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := v.Grade(tt.text); math.Abs(got-tt.want) > 0.01 {
				t.Errorf("Grade(%q) = %.2f, want %.2f", tt.text, got, tt.want)
			}
		})
	}
}

// Passages from a primer to a journal keep their order and stay in their bands.
func TestGradePassages(t *testing.T) {
	passages := []struct {
		low, high float64
		text      string
	}{
		{-3, 0, "The dog ran to the hill. It saw a bird. The bird flew up. The dog sat down and was sad."},
		{0, 3, "Wash your hands before you put on the cream. Rub in a thin layer and let it dry. If your skin stings for more than a day, ask the nurse what to do next."},
		{6, 9, "Before the first visit, write down which treatments you have tried, how long each one lasted, and whether it helped. Bring the list with you, because the specialist will want to compare it with your records."},
		{25, 45, "Pharmacological inhibition of intracellular signalling attenuates inflammatory cytokine production, although individual susceptibility to opportunistic infection necessitates comprehensive baseline evaluation and continuing laboratory surveillance."},
	}
	v := &Vocabulary{}
	for _, p := range passages {
		if g := v.Grade(p.text); g < p.low || g > p.high {
			t.Errorf("grade %.1f, want %g to %g: %s", g, p.low, p.high, p.text)
		}
	}
}
