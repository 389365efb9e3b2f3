package index

import "strings"

// otherMedicines are names of medicines in common use, generic names and
// brands, whatever the corpus speaks of. A name in it is never taken for a
// typing error, and a typing error that may stand for one is never taken for
// another medicine. Those that look like the name of a medicine for the skin
// are here too, common or not.
const otherMedicines = `
	adlyxin calcipotriol calcitriol cycloserine durvalumab oluvance prednicarbate
	abatacept abemaciclib abilify abrilada acalabrutinib acarbose accolate accupril acetaminophen acetazolamide
	aciclovir acitretin actemra actonel actos acyclovir adalat adalimumab adapalene adcirca adderall afatinib afinitor
	aimovig ajovy albuterol aldactone aldara alemtuzumab alendronate alfuzosin alirocumab alkindi allegra allopurinol
	almotriptan alprazolam altace alunbrig amaryl ambien amgevita amiodarone amitriptyline amlodipine amoxicillin amoxil
	amphetamine ampicillin anakinra anastrozole anoro apixaban apremilast aranesp arava aricept arimidex aripiprazole
	aspirin atacand atarax atenolol ativan atomoxetine atorvastatin atrovent augmentin avandia avapro avastin avelox
	avodart axitinib azathioprine azilsartan azithromycin baclofen bactrim bactroban balversa basaglar beclometasone
	belimumab belsomra benadryl benazepril benicar benlysta benralizumab bimatoprost bimekizumab bimzelx binimetinib
	bisoprolol boniva bosulif bosutinib brepocitinib brexpiprazole brigatinib brilinta briumvi brodalumab budesonide
	bumetanide buprenorphine bupropion buspar buspirone butrans bydureon byetta bystolic cabozantinib calcipotriene
	calcitonin canagliflozin candesartan caplyta capmatinib capoten captopril carbamazepine carbidopa cardizem
	carisoprodol carvedilol cefalexin cefuroxime celebrex celecoxib celexa cephalexin cerdulatinib ceritinib
	certolizumab cetuximab chantix chlorthalidone cialis ciclesonide cimetidine cimzia cipro ciprofloxacin ciproxin
	citalopram clarithromycin claritin clindamycin clobazam clomid clomiphene clonazepam clonidine clopidogrel
	clotrimazole clozapine cobimetinib codeine colchicine combivent copaxone coreg cosentyx coumadin cozaar crestor
	crizotinib cyclobenzaprine cymbalta cytoxan dabigatran dabrafenib dacomitinib dapagliflozin dapsone daraprim
	daridorexant dasatinib daxas decernotinib delstrigo demadex denosumab depakote desloratadine deucravacitinib
	deuruxolitinib dexamethasone dexilant diazepam diclofenac diflucan digoxin dilantin diltiazem diovan dipyridamole
	ditropan divalproex docetaxel dolutegravir donepezil doxazosin doxepin doxycycline duavee dulaglutide dulera
	duloxetine dutasteride dymista edarbi effexor effient efudex elagolix elavil eletriptan eliquis emgality
	empagliflozin enalapril enbrel encorafenib enoxaparin enstilar entrectinib entresto entyvio epcoritamab epidiolex
	epipen eplerenone epoetin eprosartan eptinezumab erdafitinib erelzi erenumab erivedge erlotinib ertugliflozin
	erythromycin escitalopram esomeprazole estradiol eszopiclone etanercept ethosuximide etodolac etoricoxib evenity
	everolimus evista evolocumab exenatide exforge ezetimibe famciclovir famotidine farxiga fasenra febuxostat
	fedratinib felodipine femara fenofibrate fentanyl fexofenadine filgotinib finasteride finerenone fingolimod fiorinal
	flagyl flomax flonase flovent fluconazole fluorouracil fluoxetine fluticasone fluvoxamine forxiga fosamax foscarnet
	fosinopril fostamatinib fremanezumab frovatriptan furosemide futibatinib gabapentin galantamine galcanezumab
	ganciclovir gefitinib gemfibrozil geodon gilenya gilotrif gilteritinib gleevec glibenclamide gliclazide glimepiride
	glipizide glivec glucophage glucotrol glyburide glycopyrronium golimumab guaifenesin guanfacine gusacitinib
	guselkumab hadlima haldol haloperidol harvoni heparin herceptin hizentra humalog humira hydralazine
	hydrochlorothiazide hydrocodone hydroxychloroquine hydroxyurea hydroxyzine hyrimoz hyzaar ibandronate ibrance
	ibrutinib ibuprofen idacio ilaris ilumya imatinib imbruvica imfinzi imiquimod imitrex imodium imraldi indapamide
	inderal indomethacin infigratinib inflectra infliximab ingrezza inlyta inrebic insulin invokana ipratropium
	irbesartan isosorbide isotretinoin itacitinib itraconazole ivabradine ivarmacitinib ivermectin ixekizumab
	izencitinib jakafi jakavi jaktinib januvia jardiance jentadueto jublia kadcyla kalydeco keflex keppra kerendia
	kesimpta ketoconazole ketoprofen ketorolac kevzara keytruda kineret kisqali klonopin kyleena labetalol lamictal
	lamisil lamotrigine lansoprazole lantus lapatinib larotrectinib lasix latanoprost latuda leflunomide lemtrada
	lenvatinib lenvima leqselvi leqvio letrozole levaquin levemir levetiracetam levocetirizine levodopa levofloxacin
	levonorgestrel levothyroxine lexapro lialda lidocaine linagliptin linezolid linzess lioresal lipitor liraglutide
	lisdexamfetamine lisinopril litfulo lithium lixiana lofexidine lomotil loperamide lopressor loratadine lorazepam
	lorlatinib lorpucitinib losartan losec lotensin lotrel lovastatin lovenox lucentis lunesta lupron luvox lyrica
	macitentan macrobid maraviroc mavenclad mavyret maxalt meclizine meloxicam memantine mepolizumab mercaptopurine
	mesalamine mesalazine metformin methadone methocarbamol methyldopa methylphenidate methylprednisolone metoclopramide
	metolazone metoprolol metronidazole micardis midodrine midostaurin minocycline minoxidil mirabegron miralax mirapex
	mirena mirikizumab mirtazapine mirvaso mobic mobocertinib modafinil momelotinib montelukast morphine motrin mounjaro
	movantik moxifloxacin mucinex mupirocin myrbetriq nabumetone nadolol naltrexone namenda naproxen naratriptan nasonex
	natalizumab nebivolol neratinib nerlynx nesina neurontin nevirapine nexavar nexium nexletol nexplanon nezulcitinib
	nifedipine nilotinib nintedanib nitrofurantoin nitroglycerin nivolumab norco norethindrone nortriptyline norvasc
	novolog nucala nurtec nuvaring nystatin ocaliva ocrelizumab ocrevus ofatumumab ofev ofloxacin ohtuvayre olanzapine
	olaparib olmesartan omalizumab omeprazole omvoh ondansetron onfi onglyza opdivo opsumit oracea orencia orilissa
	orlistat osimertinib otezla oxaprozin oxcarbazepine oxybutynin oxycodone oxycontin oxytocin ozanimod ozempic
	pacritinib palbociclib paliperidone pantoprazole paracetamol paroxetine paxil paxlovid pazopanib peficitinib
	pemazyre pembrolizumab pemigatinib penicillin pentoxifylline pepcid percocet perindopril permethrin pexidartinib
	phenergan phenobarbital phentermine phenytoin pioglitazone piroxicam pitavastatin plaquenil plavix ponatinib
	ponesimod povorcitinib pradaxa praluent pramipexole prasugrel pravachol pravastatin prazosin pregabalin premarin
	prevacid prilosec prinivil pristiq procardia prochlorperazine progesterone prograf prolia promethazine propecia
	propranolol propylthiouracil protonix provera provigil prozac pulmicort quetiapine quinapril qulipta quviviq qvar
	rabeprazole raloxifene ramelteon ramipril ranexa ranitidine ranolazine reblozyl reglan regorafenib relpax remeron
	remicade remodulin renflexis repaglinide repatha requip restasis restoril retevmo revatio revlimid rexulti riluzole
	rimegepant rinvoq ripretinib risankizumab risedronate risperdal risperidone ritalin ritlecitinib ritonavir rituxan
	rituximab rivaroxaban rivastigmine rizatriptan robaxin rocephin romosozumab ropinirole ropsacitinib rosuvastatin
	rozerem rozlytrek rufinamide rybelsus rydapt sabril sacubitril salbutamol salmeterol sandostatin saphnelo saphris
	sarecycline sarilumab savella saxagliptin saxenda secukinumab selegiline selpercatinib selumetinib semaglutide
	semglee seroquel sertraline sevelamer sildenafil siliq simponi simvastatin singulair sirolimus sitagliptin skyrizi
	solcitinib solifenacin soliris solriamfetol soolantra sorafenib soriatane sotalol sotyktu sovaldi spesolimab spevigo
	spiriva spironolactone spravato stelara stivarga strattera stribild suboxone sucralfate sulfasalazine sumatriptan
	sunitinib sutent symbicort synjardy synthroid tacrolimus tadalafil tafinlar tagrisso taltz tamoxifen tamsulosin
	tarceva targretin tasigna tasocitinib taxol tecfidera tegretol tekturna telmisartan temazepam tenofovir tenormin
	tepotinib terazosin terbinafine teriflunomide teriparatide testosterone tetracycline tezepelumab tezspire
	theophylline ticagrelor tildrakizumab timolol tinidazole tiotropium tirzepatide tivicay tivozanib tizanidine
	tocilizumab tofranil tolterodine topamax topiramate toprol torsemide toujeo tradjenta tramadol trametinib
	trandolapril tranexamic trazodone trelegy tremfya tresiba tretinoin trexall triamterene tricor trifarotene trikafta
	trimethoprim trintellix triumeq trulicity truvada tucatinib tudorza tukysa turalio twyneo ubrelvy ubrogepant uceris
	ulipristal uloric ultram umeclidinium upadacitinib uptravi ustekinumab valaciclovir valacyclovir valium valproate
	valsartan valtrex vandetanib varenicline vascepa vaseretic vasotec vedolizumab velsipity vemlidy vemurafenib
	venlafaxine ventolin verapamil verzenio vesicare viagra vibativ vibramycin victoza viibryd vilazodone vimpat viokace
	vismodegib vitrakvi vivitrol voltaren vonoprazan vortioxetine votrient vraylar vumerity vyepti vytorin vyvanse
	warfarin wegovy welchol wellbutrin xadago xalatan xalkori xanax xarelto xcopri xeloda xenazine xenical xeomin
	xermelo xgeva xifaxan xigduo xofluza xolair xolremdi xospata xtandi xyrem xyzal yasmin yervoy yuflyma zaleplon
	zanaflex zantac zanubrutinib zarontin zaroxolyn zebeta zelapar zelboraf zelnorm zepbound zeposia zestoretic zestril
	zetia ziac ziextenzo ziprasidone zithromax zocor zofran zoladex zoledronic zolmitriptan zoloft zolpidem zometa zomig
	zonegran zonisamide zopiclone zostrix zovirax zubsolv zyban zydelig zykadia zymfentra zypitamag zyprexa zytiga zyvox
`

// classEndings end the generic names of medicines of one class: the World
// Health Organization gives out names with a stem in common.
var classEndings = []string{
	"mab", "tinib", "pril", "sartan", "olol", "dipine", "statin", "gliptin", "gliflozin", "glutide", "xaban", "parin",
	"oxetine", "azepam", "zolam", "triptan", "gepant", "setron", "prazole", "conazole", "cillin", "mycin", "floxacin", "cycline",
	"ciclovir", "asvir", "caine", "dronate", "limus", "ciclib", "parib", "rafenib",
}

var otherMedicine = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(otherMedicines) {
		m[name] = true
	}
	return m
}()

// namedLikeMedicine reports whether a word ends as the names of a class do.
func namedLikeMedicine(lower string) bool {
	for _, ending := range classEndings {
		if len(lower) >= len(ending)+4 && strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}
