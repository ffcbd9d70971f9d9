namespace Ledger.Fuzz;

/// <summary>Records with every part that the rules know of.</summary>
internal static class RecordSamples
{
    public static readonly byte[] Plain = LedgerSamples.Utf8(
        """
        {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000001","timestamp":"2019-06-03T09:15:00Z",
         "actor":{"account":{"homePage":"https://lms.example.org","name":"student-17"}},
         "verb":{"id":"http://id.tincanapi.com/verb/viewed"},
         "object":{"id":"https://lms.example.org/course/view.php?id=2"}}
        """);

    public static readonly byte[] Full = LedgerSamples.Utf8(
        """
        {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000002","timestamp":"2019-06-03T09:15:00.123+09:00",
         "actor":{"objectType":"Group","name":"Team","mbox":"mailto:team@a.example",
           "member":[{"objectType":"Agent","mbox_sha1sum":"0123456789012345678901234567890123456789"},
                     {"openid":"https://openid.example/1"}]},
         "verb":{"id":"http://adlnet.gov/expapi/verbs/answered",
           "display":{"en-US":"answered","ja":"\u7b54\u3048\u305f"}},
         "object":{"objectType":"Activity","id":"https://lms.example.org/quiz/1","definition":{
           "name":{"en":"Quiz"},"description":{"en":"About \ud83d\ude00"},
           "type":"http://adlnet.gov/expapi/activities/cmi.interaction","moreInfo":"https://lms.example.org/info",
           "interactionType":"choice","correctResponsesPattern":["a[,]b"],
           "choices":[{"id":"a","description":{"en":"A"}},{"id":"b"}],
           "extensions":{"http://x.example/e":{"a":[1,2.5e-3,null,true]}}}},
         "result":{"score":{"scaled":0.95,"raw":95,"min":0,"max":100},"success":true,"completion":false,
           "response":"a[,]b","duration":"PT1H2M3.5S","extensions":{"http://x.example/r":-0.0}},
         "context":{"registration":"7c0a9a7b-7f0d-4f5b-9a29-0000000000ff",
           "instructor":{"mbox":"mailto:i@a.example"},"team":{"objectType":"Group","mbox":"mailto:t@a.example"},
           "contextActivities":{"parent":[{"id":"https://lms.example.org/course/1"}],
             "grouping":{"id":"https://lms.example.org/g"}},
           "revision":"1","platform":"LMS","language":"en-US",
           "statement":{"objectType":"StatementRef","id":"7c0a9a7b-7f0d-4f5b-9a29-0000000000fe"},
           "extensions":{"http://x.example/c":1e21}},
         "authority":{"mbox":"mailto:x@a.example"},"stored":"2019-06-03T09:15:01Z","version":"1.0.3"}
        """);

    public static readonly byte[] Correcting = LedgerSamples.Utf8(
        """
        {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000003","timestamp":"2019-06-03T09:15:00Z",
         "actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"http://id.tincanapi.com/verb/viewed"},
         "object":{"id":"https://lms.example.org/course/view.php?id=2"},
         "context":{"extensions":{"urn:learning-ledger:extension:corrects":"7c0a9a7b-7f0d-4f5b-9a29-000000000001"}}}
        """);

    public static readonly byte[] SubStatement = LedgerSamples.Utf8(
        """
        {"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"http://adlnet.gov/expapi/verbs/planned"},
         "object":{"objectType":"SubStatement","actor":{"mbox":"mailto:a@b.example"},
           "verb":{"id":"http://adlnet.gov/expapi/verbs/visited"},
           "object":{"objectType":"StatementRef","id":"7c0a9a7b-7f0d-4f5b-9a29-0000000000fe"}}}
        """);

    public static readonly byte[] Second = LedgerSamples.Utf8(
        """
        {"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},
         "object":{"objectType":"StatementRef","id":"7c0a9a7b-7f0d-4f5b-9a29-000000000002"},"version":"2.0.0",
         "context":{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:c@b.example"},
             "relevantTypes":["http://t.example/1"]}],
           "contextGroups":[{"objectType":"contextGroup","group":{"objectType":"Group","mbox":"mailto:g@b.example"}}]},
         "attachments":[{"usageType":"http://u.example","display":{"en":"x"},"contentType":"text/plain; charset=utf-8",
           "length":3,"sha2":"abcd","fileUrl":"https://f.example/1"}]}
        """);

    public static readonly byte[] List = LedgerSamples.Utf8(
        """
        [{"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"http://v.example/1"},"object":{"id":"http://o.example"}},
         {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000003","actor":{"mbox":"mailto:a@b.example"},
          "verb":{"id":"http://v.example/1"},"object":{"objectType":"Agent","mbox":"mailto:c@b.example"}}]
        """);

    public static readonly byte[] Caliper = LedgerSamples.Utf8(
        """
        {"@context":"http://purl.imsglobal.org/ctx/caliper/v1p1","id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
         "type":"NavigationEvent","actor":{"id":"https://example.edu/users/554433","type":"Person"},
         "action":"NavigatedTo","object":{"id":"https://example.edu/pages/2","type":"WebPage"},
         "eventTime":"2018-11-15T10:15:00.000Z","extensions":{"a":[{"b":1.50}]}}
        """);

    public static readonly byte[] Envelope = LedgerSamples.Utf8(
        """
        {"sensor":"https://example.edu/sensors/1","sendTime":"2018-11-15T11:05:01.000Z",
         "dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p1","data":[{"@context":[{"@version":1.1},
         "http://purl.imsglobal.org/ctx/caliper/v1p1"],
         "id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f80","type":"Event",
         "actor":"https://example.edu/users/554433","action":"http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed",
         "object":"https://example.edu/pages/2","eventTime":"2018-11-15T10:15:00.000Z"}]}
        """);

    public static readonly byte[] Values = LedgerSamples.Utf8(
        """[0,-0,1.50,1e2,0.000001,1e-7,123456789012345678901,true,false,null,"\u00e9\n\"",{"b":1,"a":[]},{}]""");

    public static readonly byte[] Agent = LedgerSamples.Utf8(
        """{"objectType":"Agent","account":{"homePage":"https://lms.example.org","name":"student-17"}}""");
}
