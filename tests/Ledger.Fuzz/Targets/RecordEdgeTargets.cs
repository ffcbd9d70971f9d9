using Ledger.Client.Records;
using Ledger.Node.Records;
using Microsoft.Net.Http.Headers;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What comes to the record endpoints beside statements: attachments, forms, documents, headers.</summary>
internal static class RecordEdgeTargets
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly Guid FreshId = Guid.Parse("00000000-0000-4000-8000-0000000000ff");

    private static readonly MediaTypeHeaderValue Multipart =
        MediaTypeHeaderValue.Parse($"multipart/mixed; boundary={SignatureSamples.Boundary}");

    public static IEnumerable<FuzzTarget> All() => [Parts(), Signature(), Form(), Documents(), Languages(), Versions()];

    private static FuzzTarget Parts() => Plain(
        "statement-parts",
        InputKind.Binary,
        [SignatureSamples.Unproved("RS256"), SignatureSamples.Unproved("HS256"), SignatureSamples.Proved()],
        static bytes => Takes<RecordFormatException>(() =>
        {
            AttachmentParts parts = MultipartBody.ReadAsync(bytes, Multipart, CancellationToken.None)
                .GetAwaiter().GetResult();
            JsonCursor statement = JsonTree.Parse(parts.Json.Span).Root;
            parts.Check([StatementRules.ReadStatement(statement, XapiVersion.V2, Now, FreshId)]);
        }),
        new Decoder(typeof(MultipartBody), nameof(MultipartBody.ReadAsync)));

    // The digest of a part that is damaged is wrong, and hides what is behind: here the signature comes as it is.
    private static FuzzTarget Signature() => Plain(
        "statement-signature",
        InputKind.Text,
        [SignatureSamples.Proof(), LedgerSamples.Utf8("e30.e30.AAAA")],
        static bytes => Takes<RecordFormatException>(() => StatementSignature.Read(bytes, "/attachments/0")
            .RequireSigns(JsonTree.Parse(RecordSamples.Plain).Root, "/attachments/0")),
        new Decoder(typeof(StatementSignature), nameof(StatementSignature.Read)),
        new Decoder(typeof(StatementSignature), "Parse"),
        new Decoder(typeof(StatementSignature), "Decode"));

    private static FuzzTarget Form() => Plain(
        "request-form",
        InputKind.Text,
        [
            LedgerSamples.Utf8("statementId=7c0a9a7b-7f0d-4f5b-9a29-000000000001&content=%7B%7D&If-Match=*"),
            LedgerSamples.Utf8("limit=1&Authorization=Basic%20bW9vZGxl&X-Experience-API-Version=1.0.3"),
        ],
        static bytes => Takes<RecordFormatException>(() => RequestReader.FromForm(new XapiRequest
        {
            Method = "POST",
            Path = "/xAPI/statements",
            Parameters = new Dictionary<string, string> { ["method"] = bytes.Length % 2 == 0 ? "PUT" : "GET" },
            Header = static _ => null,
            Body = bytes,
        })));

    private static FuzzTarget Documents() => Plain(
        "document",
        InputKind.Json,
        [LedgerSamples.Utf8("""{"a":1,"b":{"c":[true,null]}}"""), LedgerSamples.Utf8("[1]")],
        static bytes => Takes<RecordFormatException>(() =>
        {
            Document known = new("application/json", "{\"a\":{},\"z\":0}"u8.ToArray(), Now);
            DocumentRequest request = new("application/json; charset=utf-8", bytes, null, known.EntityTag + "x");
            DocumentRules.RequireReadable(request, isMerging: true);
            DocumentChange merged = DocumentRules.Merge(known, request);
            if (merged is DocumentChange.Keep keep)
            {
                JsonTree.Parse(keep.Content.Span, new JsonLimits(int.MaxValue, JsonLimits.RecordDepthMax));
            }
        }));

    private static FuzzTarget Languages() => Plain(
        "accept-language",
        InputKind.Text,
        [LedgerSamples.Utf8("en-GB,en;q=0.8,*;q=0.1"), LedgerSamples.Utf8("ja")],
        static bytes =>
        {
            JsonCursor map = JsonTree.Parse("{\"en\":\"x\",\"en-US\":\"y\",\"ja\":\"z\"}"u8).Root;
            string? chosen = LanguagePreference.Read(TextInput.Of(bytes)).Choose(map);
            FuzzViolation.Unless(chosen is "en" or "en-US" or "ja", "a language was chosen that is not there");
            return chosen != "en";
        },
        new Decoder(typeof(LanguagePreference), nameof(LanguagePreference.Read)));

    private static FuzzTarget Versions() => Plain(
        "xapi-version",
        InputKind.Text,
        [LedgerSamples.Utf8("1.0.3"), LedgerSamples.Utf8("2.0"), LedgerSamples.Utf8("2.0.2147483647")],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            bool taken = XapiVersions.TryRead(text, out XapiVersion version);
            FuzzViolation.Unless(
                !taken || text.StartsWith(version == XapiVersion.V1 ? "1.0" : "2.0", StringComparison.Ordinal),
                "taken for another version");
            return taken;
        },
        new Decoder(typeof(XapiVersions), nameof(XapiVersions.TryRead)));
}
