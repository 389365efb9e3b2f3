// Starts telegram-test-api, a third party's Bot API emulator, on the port given,
// and prints each message that the bot sends as a line of JSON.
const TelegramServer = require('telegram-test-api');

const server = new TelegramServer({ host: '127.0.0.1', port: Number(process.argv[2]) });
server.on('AddedBotMessage', () => {
  const messages = server.storage.botMessages;
  console.log(JSON.stringify(messages[messages.length - 1]));
});
process.stdin.on('end', () => process.exit(0)); // the test is over
process.stdin.resume();
server.start().then(() => console.log('"ready"'));
