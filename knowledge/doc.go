// Package knowledge owns what handout may say: the curated, source-cited
// corpus and the rules that decide whether it is fit to be served.
//
// Its main types are [Snippet], one passage that is sent word for word,
// [Vocabulary], the names that people use for the things the snippets are
// about, [Triage], the rules that recognise emergencies and questions that a
// program must not answer, [Contacts], whom to call in each region, and
// [Messages], the fixed words of the bot itself. A [Corpus] holds one set of
// them; it is read whole or not at all and never changes afterwards.
//
// The starter corpus lives in knowledge/corpus and is embedded in the binary.
// [Open] reads it, or another one from a folder, a JSON Lines file or a CSV
// file. [Check] reads one too and reports every [Problem] in it at once.
package knowledge
