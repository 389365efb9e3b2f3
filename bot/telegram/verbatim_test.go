package telegram

import (
	"testing"

	"handout/bot/bottest"
	"handout/bot/bottest/verbatim"
)

func TestWhatIsSentIsWhatWasApproved(t *testing.T) {
	verbatim.Run(t, func(t *testing.T) bottest.Platform { return newFake(t) })
}
