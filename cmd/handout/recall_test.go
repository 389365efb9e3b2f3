package main

import (
	"strings"
	"testing"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// TestAWithdrawnAnswerIsChangedWhereItStands withdraws, in another process's
// stead, what a server has just sent.
func TestAWithdrawnAnswerIsChangedWhereItStands(t *testing.T) {
	h := newHouse(t)
	if got := h.telegram.hear(t, "is eczema contagious"); !strings.Contains(got, "catch eczema") {
		t.Fatalf("answered:\n%s", got)
	}
	h.discord.hear(t, "is eczema contagious")
	h.telegram.help(t)
	h.discord.help(t)
	e, err := openKeptEditor(t.Context(), h.now, h.data)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	anna := editorial.Person{Actor: store.Actor{ID: "operator:anna", Name: "Anna"}, Rights: editorial.Rights{Edit: true}}
	if err := e.Withdraw(t.Context(), anna, store.SnippetScope("ecz-contagious"), "it is wrong"); err != nil {
		t.Fatal(err)
	}
	await(t, h.telegram.sent, "taken back")
	await(t, h.discord.sent, "taken back")
}
