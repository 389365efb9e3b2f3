package telegram

import "encoding/json"

// The parts of the Bot API's types that are used. The library's own types lack
// topics, and are slow to decode for all that they hold besides.

type update struct {
	ID       int            `json:"update_id"`
	Message  *message       `json:"message"`
	Callback *callbackQuery `json:"callback_query"`
	Inline   *inlineQuery   `json:"inline_query"`
	Member   *memberUpdate  `json:"my_chat_member"`
}

// wanted are the kinds of update to be sent. Edited messages are not among
// them: an answer stays with the question as it was asked.
const wanted = `["message","callback_query","inline_query","my_chat_member"]`

type user struct {
	ID       int64  `json:"id"`
	IsBot    bool   `json:"is_bot"`
	Username string `json:"username"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Inline   bool   `json:"supports_inline_queries"` // of the bot itself only
	ReadsAll bool   `json:"can_read_all_group_messages"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

func (c chat) group() bool { return c.Type == "group" || c.Type == "supergroup" }

type message struct {
	ID         int      `json:"message_id"`
	Thread     int      `json:"message_thread_id"`
	InTopic    bool     `json:"is_topic_message"`
	From       *user    `json:"from"`
	SenderChat *chat    `json:"sender_chat"`
	ViaBot     *user    `json:"via_bot"`
	Chat       chat     `json:"chat"`
	ReplyTo    *message `json:"reply_to_message"`

	Text            string   `json:"text"`
	Entities        []entity `json:"entities"`
	Caption         string   `json:"caption"`
	CaptionEntities []entity `json:"caption_entities"`
	Album           string   `json:"media_group_id"` // the same for all pictures that were sent at once
	Attachment

	NewTopic json.RawMessage `json:"forum_topic_created"`
}

// Attachment is content that cannot be read, as opposed to a notice by
// Telegram that somebody joined.
type Attachment struct {
	Animation json.RawMessage `json:"animation"`
	Audio     json.RawMessage `json:"audio"`
	Checklist json.RawMessage `json:"checklist"`
	Contact   json.RawMessage `json:"contact"`
	Dice      json.RawMessage `json:"dice"`
	Document  json.RawMessage `json:"document"`
	Game      json.RawMessage `json:"game"`
	LivePhoto json.RawMessage `json:"live_photo"`
	Location  json.RawMessage `json:"location"`
	PaidMedia json.RawMessage `json:"paid_media"`
	Photo     json.RawMessage `json:"photo"`
	Poll      json.RawMessage `json:"poll"`
	Rich      json.RawMessage `json:"rich_message"`
	Sticker   json.RawMessage `json:"sticker"`
	Story     json.RawMessage `json:"story"`
	Video     json.RawMessage `json:"video"`
	VideoNote json.RawMessage `json:"video_note"`
	Voice     json.RawMessage `json:"voice"`
}

func (a Attachment) any() bool {
	for _, raw := range []json.RawMessage{
		a.Animation, a.Audio, a.Checklist, a.Contact, a.Dice, a.Document, a.Game, a.LivePhoto, a.Location,
		a.PaidMedia, a.Photo, a.Poll, a.Rich, a.Sticker, a.Story, a.Video, a.VideoNote, a.Voice,
	} {
		if len(raw) > 0 && string(raw) != "null" {
			return true
		}
	}
	return false
}

type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"` // in UTF-16 units, like Length
	Length int    `json:"length"`
	User   *user  `json:"user"`
	URL    string `json:"url"` // of a text_link
}

type callbackQuery struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"` // nil below a message that was sent inline
	Data    string   `json:"data"`
}

type inlineQuery struct {
	ID    string `json:"id"`
	From  user   `json:"from"`
	Query string `json:"query"`
}

type memberUpdate struct {
	New struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// decode reads one update. The id is there also when the rest cannot be read.
func decode(raw json.RawMessage) (u update, err error) {
	if err := json.Unmarshal(raw, &u); err == nil && u.ID != 0 {
		return u, nil
	} else {
		var only struct {
			ID int `json:"update_id"`
		}
		if json.Unmarshal(raw, &only) != nil || only.ID == 0 {
			return update{}, errNoID
		}
		return update{ID: only.ID}, err
	}
}
