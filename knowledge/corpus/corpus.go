// Package corpus holds the starter corpus, embedded in the binary: snippets
// about eczema and JAK inhibitors, their vocabulary, the triage rules,
// emergency contacts by region and the bot's fixed words. It is data only;
// package knowledge reads it.
package corpus

import "embed"

// FS is the folder of the starter corpus, as [knowledge.Open] expects one.
//
//go:embed *.yaml golden triage snippets
var FS embed.FS
