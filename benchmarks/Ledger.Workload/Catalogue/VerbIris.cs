namespace Ledger.Workload;

/// <summary>The beginnings of the verb IRIs of the vocabularies in use.</summary>
internal static class VerbIris
{
    internal const string Adl = "http://adlnet.gov/expapi/verbs/";
    internal const string ActivityStreams = "http://activitystrea.ms/schema/1.0/";
    internal const string TinCan = "http://id.tincanapi.com/verb/";
    internal const string Annotator = "http://risc-inc.com/annotator/verbs/";
    internal const string Brindlewaye = "https://brindlewaye.com/xAPITerms/verbs/";
    internal const string Curatr = "http://curatr3.com/define/verb/";
    internal const string DigitalKnowledge = "http://www.digital-knowledge.co.jp/tincanapi/verbs/";
    internal const string Caliper = "http://purl.imsglobal.org/vocab/caliper/v1/action#";
}
