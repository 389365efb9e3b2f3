// An echo bot on grammY, a third party's client library: arguments are the Bot
// API's address and the token.
const { Bot } = require('grammy');

const [, , apiRoot, token] = process.argv;
const bot = new Bot(token, { client: { apiRoot } });
const keyboard = { inline_keyboard: [[{ text: 'again', callback_data: 'again' }]] };
bot.on('message:text', (c) => c.reply(`<b>${c.message.text}</b>`, {
  parse_mode: 'HTML', message_thread_id: c.message.message_thread_id, reply_markup: keyboard,
}));
bot.on('callback_query:data', (c) => c.answerCallbackQuery({ text: c.callbackQuery.data }));
bot.on('inline_query', (c) => c.answerInlineQuery([
  { type: 'article', id: '1', title: c.inlineQuery.query, input_message_content: { message_text: 'x' } },
]));
process.stdin.on('end', () => bot.stop().then(() => process.exit(0))); // the test is over
process.stdin.resume();
bot.start();
