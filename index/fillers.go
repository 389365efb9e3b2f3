package index

// fillers are English words and texting forms that carry a chat along and say
// nothing about its subject; stop lists are made for written texts and lack
// them.
const fillers = `
	actually also another anybody anyone anything anyway anyways around ask asked asking away b4 bc bcos because
	believe bit btw buddy cant come comes coming cos could couldnt coz cuz daft damn dear didnt does doesnt doing done
	dont dunno either else especially etc even ever every everybody everyone everything exactly explain fr friend
	get gets getting give gives giving go goes going gonna got gotta guess guys happen happens havent hello help hey hi
	hiya hmm hope id idk if ill im imo info information instead isnt ive just k keep keeps kinda know lately let like lol
	look looking lot lots love m8 make makes many maybe mean meant might mine much must n need needs never nice now
	o obviously of often ok okay omg one ones only oops perhaps plz pls please possible possibly pretty probably put
	question questions quick quite r rather read real really reckon regarding right said saw say saying says see seem
	seems seen shall short should shouldnt show since smth so some somebody someone something somehow sometimes somewhat
	sorry sort soz still stuff such suppose supposed sure take tbh tell than thank thanks that thats theres theyre
	thing things think thinking tho though thought thx til tl told too tried try trying tysm u understand until ur use
	used usually v very w want wanted wanting wanna was wasnt way ways well went were whatever whats whens wheres
	whether whos whys will with without wondering wont wot would wouldnt wud wut ya yeah yep yes yet youre
	apparently basically literally seriously simply actual advice details
`
