using System.Buffers;
using System.Text.Json;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.AspNetCore.WebUtilities;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Learning records: JSON, its canonical spelling, commitments, and the rules of the record store.</summary>
internal static class RecordTargets
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly Guid FreshId = Guid.Parse("00000000-0000-4000-8000-0000000000ff");
    private static readonly byte[] Salt = new byte[RecordCommitment.SaltBytes];
    private static readonly byte[][] XapiSamples =
        [RecordSamples.Plain, RecordSamples.Full, RecordSamples.SubStatement];

    private static readonly BasicCredentials Credentials = new([new XapiCredential("moodle", "secret")]);

    public static IEnumerable<FuzzTarget> All() =>
    [
        Json(), Numbers(),
        Committed("record-xapi", RecordType.XapiStatement, [RecordSamples.Plain, RecordSamples.Full]),
        Committed("record-caliper", RecordType.CaliperEvent, [RecordSamples.Caliper]), Slots(),
        Rules("rules-xapi", RecordType.XapiStatement, XapiSamples),
        Rules("rules-caliper", RecordType.CaliperEvent, [RecordSamples.Caliper]), Times(), Query(), Basic(),
    ];

    private static FuzzTarget Json() => Plain(
        "json",
        InputKind.Json,
        [RecordSamples.Values, .. XapiSamples],
        static bytes => Takes<RecordFormatException>(() =>
        {
            byte[] canonical = CanonicalJson.Canonicalise(bytes);
            FuzzViolation.Unless(CanonicalJson.IsCanonical(canonical), "the canonical spelling is not canonical");
            bool same = canonical.AsSpan().SequenceEqual(bytes);
            FuzzViolation.Unless(CanonicalJson.IsCanonical(bytes) == same, "two opinions on what is canonical");
            RequireOthersRead(bytes);
            RequireOthersRead(canonical);
        }),
        new Decoder(typeof(JsonTree), nameof(JsonTree.Parse)),
        new Decoder(typeof(JsonTreeReader), nameof(JsonTreeReader.Read)),
        new Decoder(typeof(CanonicalJson), nameof(CanonicalJson.Canonicalise)));

    // What this reader takes, the platform's reader must take: a second reader of a record must not see another text.
    private static void RequireOthersRead(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { MaxDepth = JsonLimits.RecordDepthMax + 1 });
        }
        catch (JsonException failure)
        {
            throw new FuzzViolation("taken, but the platform's reader refuses it: " + failure.Message);
        }
    }

    private static FuzzTarget Numbers() => Plain(
        "number",
        InputKind.Text,
        [
            LedgerSamples.Utf8("-12.50e+3"), LedgerSamples.Utf8("0.1"), LedgerSamples.Utf8("12345678901234567890"),
            LedgerSamples.Utf8(new string('2', JsonLimits.NumberCharactersMax - 8)), LedgerSamples.Utf8("99e9998"),
        ],
        static bytes =>
        {
            int length = CanonicalNumber.TokenLength(bytes);
            if (length <= 0 || length != bytes.Length || !CanonicalNumber.IsWithinLimits(bytes))
            {
                return false;
            }

            byte[] once = Respelled(bytes);
            FuzzViolation.Unless(CanonicalNumber.IsWithinLimits(once), "the canonical number is beyond the limits");
            FuzzViolation.Unless(Respelled(once).AsSpan().SequenceEqual(once), "the canonical number is not canonical");
            return true;
        },
        new Decoder(typeof(CanonicalNumber), nameof(CanonicalNumber.IsWithinLimits)),
        new Decoder(typeof(CanonicalNumber), "TryReadExponent"));

    private static byte[] Respelled(byte[] number)
    {
        ArrayBufferWriter<byte> output = new();
        CanonicalNumber.Write(number, output);
        return output.WrittenSpan.ToArray();
    }

    private static FuzzTarget Committed(string name, RecordType type, IReadOnlyList<byte[]> samples) => Plain(
        name,
        InputKind.Json,
        samples,
        bytes => Takes<RecordFormatException>(() =>
        {
            CommittedRecord record = CommittedRecord.Read(type, bytes);
            Hash256 commitment = RecordCommitment.Compute(record, Salt);
            ArrayBufferWriter<byte> canonical = new();
            record.WriteCanonical(canonical);
            FuzzViolation.Unless(
                RecordCommitment.Compute(type, canonical.WrittenSpan, Salt) == commitment,
                "the canonical record has another commitment");
        }),
        new Decoder(typeof(CommittedRecord), nameof(CommittedRecord.Read)),
        new Decoder(typeof(RecordCommitment), nameof(RecordCommitment.Compute)));

    // The input is the value that a proof claims for every slot.
    private static FuzzTarget Slots()
    {
        IReadOnlyList<string> pointers = RecordCommitment.SlotPointers(RecordType.XapiStatement);
        IReadOnlyList<SlotProof> proofs = RecordCommitment.Prove(
            RecordType.XapiStatement, RecordSamples.Full, Salt, pointers);
        Hash256 commitment = RecordCommitment.Compute(RecordType.XapiStatement, RecordSamples.Full, Salt);
        return Plain(
            "slot-proof",
            InputKind.Json,
            [
                .. proofs.Select(static proof => proof.Value).OfType<ReadOnlyMemory<byte>>()
                    .Select(static one => one.ToArray()),
            ],
            bytes =>
            {
                SlotProof proof = proofs.FirstOrDefault(one => Holds(one, bytes), proofs[bytes.Length % proofs.Count]);
                bool holds = (proof with { Value = bytes }).Verify(commitment);
                FuzzViolation.Unless(holds == Holds(proof, bytes), $"{proof.Pointer} is proved to hold another value");
                (proof with { Pointer = TextInput.Of(bytes) }).Verify(commitment);
                return holds;
            },
            new Decoder(typeof(SlotProof), nameof(SlotProof.Verify)));
    }

    private static bool Holds(SlotProof proof, byte[] value) =>
        proof.Value is { } held && held.Span.SequenceEqual(value);

    private static FuzzTarget Rules(string name, RecordType type, IReadOnlyList<byte[]> samples) => Plain(
        name,
        InputKind.Json,
        samples,
        bytes => Takes<RecordFormatException>(() =>
        {
            IntakeRecord intake = StatementRules.Read(type, JsonTree.Parse(bytes).Root, Now, FreshId);
            CommittedRecord stored = CommittedRecord.Read(type, intake.Committed.Span);
            FuzzViolation.Unless(stored.Id == intake.Id, "stored under another id");
            FuzzViolation.Unless(CanonicalJson.IsCanonical(intake.Committed.Span), "stored in another spelling");
            FuzzViolation.Unless(StatementComparer.IsSame(intake, intake.Committed.Span), "not the same as itself");
            if (type == RecordType.XapiStatement)
            {
                RequireShapes(stored.Root);
            }
        }),
        new Decoder(typeof(StatementRules), nameof(StatementRules.Read)),
        new Decoder(typeof(StatementRules), "ReadStatement"),
        new Decoder(typeof(StatementRules), "ReadEvent"));

    // Whatever is stored can be given in every format, and what is given is JSON.
    private static void RequireShapes(JsonCursor statement)
    {
        StatementShape[] shapes =
        [
            ExactShape.Instance, IdsShape.Instance,
            new CanonicalShape(
                LanguagePreference.Read("ja,en;q=0.5"), static _ => "{\"name\":{\"en\":\"x\"}}"u8.ToArray()),
        ];
        foreach (StatementShape shape in shapes)
        {
            ArrayBufferWriter<byte> given = new();
            shape.WriteStatement(statement, given);
            JsonTree.Parse(given.WrittenSpan, new JsonLimits(int.MaxValue, JsonLimits.RecordDepthMax + 1));
        }
    }

    private static FuzzTarget Times() => Plain(
        "time",
        InputKind.Text,
        [
            LedgerSamples.Utf8("2019-06-03T09:15:00Z"), LedgerSamples.Utf8("2019-06-03T09:15:00.1234567+09:00"),
            LedgerSamples.Utf8("9999-12-31T23:59:59.9999999-14:00"), LedgerSamples.Utf8("0001-01-01T00:00+1400"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            FieldRules.IsIri(text);
            bool taken = FieldRules.TryReadTime(text, out DateTimeOffset time);
            return taken && time.ToUnixTimeMilliseconds() <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        },
        new Decoder(typeof(FieldRules), nameof(FieldRules.TryReadTime)));

    private static FuzzTarget Query() => Plain(
        "statement-query",
        InputKind.Text,
        [
            LedgerSamples.Utf8("?statementId=7c0a9a7b-7f0d-4f5b-9a29-000000000001"),
            LedgerSamples.Utf8("?verb=http%3A%2F%2Fv.example%2F1&since=2019-06-03T09:15:00Z"
                + "&limit=5&ascending=true&after=7"),
            LedgerSamples.Utf8("?until=2019-06-03T09:15:00Z&agent="
                + Uri.EscapeDataString(System.Text.Encoding.UTF8.GetString(RecordSamples.Agent))),
        ],
        static bytes =>
        {
            Dictionary<string, string> parameters = Parameters(bytes);
            bool byId = Takes<RecordFormatException>(() =>
            {
                StatementParameters.StatementId(parameters);
                StatementParameters.One(parameters);
            });
            return byId | Takes<RecordFormatException>(() =>
            {
                StatementParameters.Format(parameters);
                StatementQuery query = StatementParameters.Query(parameters, "https://ledger.example.org", null);
                FuzzViolation.Unless(query.Limit is > 0 and <= StatementQuery.LimitMax, "a page without a limit");
                StatementParameters.NextPage("/xAPI/statements", parameters, long.MaxValue);
            });
        });

    // Parameters that occur twice are refused before any are looked at.
    private static Dictionary<string, string> Parameters(byte[] query) => new(
        (QueryHelpers.ParseNullableQuery("?" + TextInput.Of(query).TrimStart('?')) ?? [])
            .Select(static one => KeyValuePair.Create(one.Key, one.Value.ToString())),
        StringComparer.Ordinal);

    private static FuzzTarget Basic() => Plain(
        "basic-credentials",
        InputKind.Text,
        [
            LedgerSamples.Utf8("Basic " + Convert.ToBase64String("moodle:secret"u8)),
            LedgerSamples.Utf8("basic bW9vZGxl"),
        ],
        static bytes =>
        {
            string header = TextInput.Of(bytes);
            bool known = Credentials.TryIdentify(header, out XapiCredential? caller);
            FuzzViolation.Unless(known == caller is not null, "known without a name");
            return known;
        });
}
