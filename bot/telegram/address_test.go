package telegram

import (
	"encoding/json"
	"testing"
)

func TestQuestion(t *testing.T) {
	self := &user{ID: botID, Username: botName}
	const (
		direct = `"chat":{"id":1,"type":"private"},"from":{"id":1}`
		group  = `"chat":{"id":-1,"type":"supergroup"},"from":{"id":1}`
		ours   = `"from":{"id":7123456789,"is_bot":true}`
	)
	for _, tc := range []struct {
		name, message string
		text, replyTo string
		ok            bool
	}{
		{"direct", `{` + direct + `,"text":"hi"}`, "hi", "", true},
		{"group", `{` + group + `,"text":"hi"}`, "", "", false},
		{"mention", `{` + group + `,"text":"@handouttestbot hi","entities":[{"type":"mention","offset":0,"length":15}]}`, "hi", "", true},
		{"mention behind an emoji", `{` + group + `,"text":"🦉 @HandoutTestBot","entities":[{"type":"mention","offset":3,"length":15}]}`, "🦉", "", true},
		{"mention in the middle", `{` + group + `,"text":"say @HandoutTestBot please","entities":[{"type":"mention","offset":4,"length":15}]}`, "say  please", "", true},
		{"another bot whose name begins so", `{` + group + `,"text":"@HandoutTestBotFan hi","entities":[{"type":"mention","offset":0,"length":18}]}`, "", "", false},
		{"a name that is no mention", `{` + group + `,"text":"x@HandoutTestBot.org","entities":[{"type":"email","offset":0,"length":20}]}`, "", "", false},
		{"text mention", `{` + group + `,"text":"Handout hi","entities":[{"type":"text_mention","offset":0,"length":7,"user":{"id":7123456789}}]}`, "hi", "", true},
		{"text mention of somebody", `{` + group + `,"text":"Handout hi","entities":[{"type":"text_mention","offset":0,"length":7,"user":{"id":5}}]}`, "", "", false},
		{"entity out of range", `{` + group + `,"text":"hi","entities":[{"type":"mention","offset":1,"length":2147483647},{"type":"mention","offset":-5,"length":3}]}`, "", "", false},
		{"command to the bot", `{` + group + `,"text":"/help@handouttestbot","entities":[{"type":"bot_command","offset":0,"length":20}]}`, "/help@handouttestbot", "", true},
		{"command to another bot", `{` + group + `,"text":"/help@other","entities":[{"type":"bot_command","offset":0,"length":11}]}`, "", "", false},
		{"command to another bot in reply", `{` + group + `,"text":"/help@other","entities":[{"type":"bot_command","offset":0,"length":11}],"reply_to_message":{` + ours + `,"text":"How do owls hear?"}}`, "", "", false},
		{"command without a name, as the apps send it", `{` + group + `,"text":"/topics 2","entities":[{"type":"bot_command","offset":0,"length":7}]}`, "/topics 2", "", true},
		{"command that is not ours", `{` + group + `,"text":"/ban","entities":[{"type":"bot_command","offset":0,"length":4}]}`, "", "", false},
		{"command behind a question", `{` + group + `,"text":"see /help","entities":[{"type":"bot_command","offset":4,"length":5}]}`, "", "", false},
		{"command out of range", `{` + group + `,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":-5},{"type":"bot_command","offset":0,"length":50}]}`, "", "", false},
		{"command in a direct chat", `{` + direct + `,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}`, "/help", "", true},
		{"reply to the bot", `{` + group + `,"text":"why","reply_to_message":{` + ours + `,"text":"How do owls hear?"}}`, "why", "How do owls hear?", true},
		{"reply to somebody", `{` + group + `,"text":"why","reply_to_message":{"from":{"id":5},"text":"How do owls hear?"}}`, "", "", false},
		{"in a topic that the bot opened", `{` + group + `,"text":"why","reply_to_message":{` + ours + `,"forum_topic_created":{"name":"x"}}}`, "", "", false},
		{"chosen inline", `{` + direct + `,"text":"How do owls hear?","via_bot":{"id":7123456789}}`, "", "", false},
		{"another bot", `{"chat":{"id":1,"type":"private"},"from":{"id":5,"is_bot":true},"text":"hi"}`, "", "", false},
		{"anonymous admin", `{"chat":{"id":-1,"type":"supergroup"},"from":{"id":5,"is_bot":true},"sender_chat":{"id":-1},"text":"@HandoutTestBot hi","entities":[{"type":"mention","offset":0,"length":15}]}`, "hi", "", true},
		{"below a picture", `{` + direct + `,"photo":[{}],"caption":"what is this"}`, "what is this", "", true},
		{"sticker", `{` + direct + `,"sticker":{}}`, "", "", true},
		{"dice", `{` + direct + `,"dice":{"emoji":"🎲","value":3}}`, "", "", true},
		{"story", `{` + direct + `,"story":{"id":1}}`, "", "", true},
		{"sticker in a group", `{` + group + `,"sticker":{}}`, "", "", false},
		{"somebody joined", `{` + direct + `,"new_chat_members":[{"id":5}]}`, "", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var m message
			if err := json.Unmarshal([]byte(tc.message), &m); err != nil {
				t.Fatal(err)
			}
			q, ok := m.question(self)
			if ok != tc.ok || ok && (q.Text != tc.text || q.ReplyTo != tc.replyTo) {
				t.Errorf("question = %+v, %t; want %q in reply to %q, %t", q, ok, tc.text, tc.replyTo, tc.ok)
			}
		})
	}
}
