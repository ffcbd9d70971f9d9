using Ledger.Node.Records;

namespace Ledger.Fuzz;

/// <summary>
/// What comes over HTTP: bodies as JSON, with attachments, and requests written as forms. Whatever is damaged, the
/// server never says that it failed.
/// </summary>
internal static class RecordEndpointTargets
{
    private const string Statements = "/xAPI/statements";

    /// <summary>A request costs some hundred times what decoding costs.</summary>
    private const int Cost = 10;

    public static IEnumerable<FuzzTarget> All() => [Json(), Parts(), Form(), Envelope()];

    private static FuzzTarget Json() => Target(
        "record-endpoint",
        InputKind.Json,
        [
            RecordSamples.Plain, RecordSamples.Full, RecordSamples.SubStatement, RecordSamples.Second,
            RecordSamples.List,
        ],
        static input => RecordEndpointSession.Post(
            input, Statements, "application/json", input.Length % 2 == 0 ? "1.0.3" : "2.0.0"));

    private static FuzzTarget Parts() => Target(
        "record-endpoint-parts",
        InputKind.Binary,
        [SignatureSamples.Unproved("RS256"), SignatureSamples.Proved()],
        static input => RecordEndpointSession.Post(
            input, Statements, $"multipart/mixed; boundary={SignatureSamples.Boundary}", "1.0.3"));

    private static FuzzTarget Form() => Target(
        "record-endpoint-form",
        InputKind.Text,
        [
            LedgerSamples.Utf8(
                "statementId=7c0a9a7b-7f0d-4f5b-9a29-000000000001&content=" + Escaped(RecordSamples.Plain)),
            LedgerSamples.Utf8("limit=1&format=canonical&agent=" + Uri.EscapeDataString("""{"mbox":"mailto:a@b.c"}""")),
            LedgerSamples.Utf8("content=" + Escaped(RecordSamples.List)),
        ],
        static input => RecordEndpointSession.Post(
            input, Statements + "?method=" + Method(input), "application/x-www-form-urlencoded", "1.0.3"));

    private static FuzzTarget Envelope() => Target(
        "record-endpoint-envelope",
        InputKind.Json,
        [RecordSamples.Envelope],
        static input => RecordEndpointSession.Post(input, "/caliper/events", "application/json", "1.0.3"));

    // What the input begins with chooses, so that each sample meets the method that it was made for.
    private static string Method(byte[] input) => input switch
    {
        [(byte)'s', ..] => "PUT",
        [(byte)'c', ..] => "POST",
        _ => "GET",
    };

    private static string Escaped(byte[] json) => Uri.EscapeDataString(System.Text.Encoding.UTF8.GetString(json));

    private static FuzzTarget Target(
        string name, InputKind kind, IReadOnlyList<byte[]> samples, Func<byte[], HttpRequestMessage> make) => new()
    {
        Name = name,
        Kind = kind,
        Samples = samples,
        Open = () => new RecordEndpointSession(make),
        Covers = [],
        CostFactor = Cost,
    };
}
