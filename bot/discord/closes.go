package discord

// What the gateway's close codes mean. Those that are not named here allow a
// session to be resumed.

// freshCloses end the session, so that a new one must be started.
var freshCloses = map[int]bool{
	4003: true, // not authenticated
	4007: true, // sequence number is wrong
	4009: true, // session timed out
}

// fatalClose are those after which Discord forbids another try.
var fatalClose = map[int]*FatalError{
	4004: {4004, "discord does not accept the token", tokenFix},
	4010: {4010, "discord does not accept the shard number", "restart; if a REST proxy is set with --discord-api, check what it answers to /gateway/bot"},
	4011: {4011, "the bot is in more servers than one shard may serve", "restart, so that the number of shards is asked for again; if a REST proxy is set with --discord-api, check what it answers to /gateway/bot"},
	4012: {4012, "discord no longer speaks this version of its gateway", "update handout"},
	4013: {4013, "discord does not know the events that were asked for", "update handout"},
	4014: {4014, "discord does not allow the events that were asked for", "update handout, which asks for no privileged intent; in the developer portal under Bot, check that the bot is not disabled"},
}
