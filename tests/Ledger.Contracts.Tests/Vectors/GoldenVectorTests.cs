using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Vectors;

/// <summary>
/// The formats as bytes. A difference here means that old proofs and old nodes no longer agree with this program.
/// </summary>
[TestFixture]
public sealed class GoldenVectorTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    [Test]
    public void The_formats_are_those_of_the_golden_file() =>
        Assert.That(Compute(), Is.EqualTo(File.ReadAllText(GoldenPath())));

    [Test]
    [Explicit("Writes the golden file anew: only with a commit that explains why.")]
    public void Write_the_golden_file() => File.WriteAllText(GoldenPath(), Compute());

    private static string Compute()
    {
        TestParty school = new("school");
        TestParty learner = new("learner");
        byte[] genesisBytes = TestLedger.GenesisOf(school, new TestParty("other")).ToByteArray();
        GenesisState genesis = GenesisState.Build(genesisBytes);
        JsonObject vectors = new()
        {
            ["genesis"] = Of(
                ("document", Convert.ToHexStringLower(genesisBytes)),
                ("chainId", genesis.ChainId.ToString()),
                ("stateRoot", genesis.State.Root.ToString()),
                ("emptyListRoot", genesis.TransactionRoot.ToString())),
            ["transaction"] = Transaction(genesis.ChainId, learner),
            ["receipt"] = Receipt(),
            ["state"] = State(school.Address, learner.Address),
            ["range"] = Range(),
        };
        return vectors.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Transaction(Hash256 chainId, TestParty signer)
    {
        TransactionBody body = TestTransaction.Body(1, 1_700_000_100_000, [signer], [Calls.UicCreate()]);
        SignedTransaction signed = TestTransaction.Sign(body, chainId);
        Hash256 id = TransactionId.Of(chainId, signed.Body.Span);
        Hash256 signatures = TransactionId.OfSignatures(signed.Signatures);
        return Of(
            ("signedBytes", Convert.ToHexStringLower(signed.ToByteArray())),
            ("signer", signer.Address.ToString()),
            ("id", id.ToString()),
            ("signatureListHash", signatures.ToString()),
            ("blockLeaf", TransactionId.Leaf(id, signatures).ToString()));
    }

    private static JsonObject Receipt()
    {
        OperationResult result = new() { Code = ResultCode.Accepted, Index = 5, Number = 7 };
        OperationPlace place = new(new TestRandom(11).Hash(), 2, 3);
        return Of(
            ("transactionId", place.TransactionId.ToString()),
            ("group", "2"),
            ("operation", "3"),
            ("result", Convert.ToHexStringLower(result.ToByteArray())),
            ("leaf", OperationReceipt.LeafOf(place, result.ToByteArray()).ToString()));
    }

    private static JsonObject State(Address school, Address learner)
    {
        LlpcName llpc = new(learner, Calls.Verb);
        StateChange[] entries =
        [
            new(StateKeys.Roll, new byte[] { 1 }),
            new(StateKeys.RecordRange(llpc, school), new byte[] { 2 }),
            new(StateKeys.UserIndexEntries(llpc, school).At(1), new byte[] { 3 }),
        ];
        Hash256 valueHash = StateHashes.Value(entries[0].Value.Span);
        JsonObject json = Of(
            ("verb", llpc.Verb),
            ("verbHash", llpc.VerbHash.ToString()),
            ("emptyRoot", StateHashes.EmptyRoot.ToString()),
            ("valueHash", valueHash.ToString()),
            ("leaf", StateHashes.Leaf(entries[0].Key.Hash, valueHash).ToString()),
            ("node", StateHashes.Branch(5, valueHash, entries[1].Key.Hash).ToString()),
            ("root", StateTree.Empty.With(entries).Root.ToString()));
        json["entries"] = new JsonArray([.. entries.Select(entry => (JsonNode)Of(
            ("rawKey", entry.Key.ToString()),
            ("keyHash", entry.Key.Hash.ToString()),
            ("value", Convert.ToHexStringLower(entry.Value.Span))))]);
        StateProof absence = StateTree.Empty.With(entries).Prove(StateKeys.Institution(school).Hash);
        json["absenceProof"] = Convert.ToHexStringLower(absence.ToByteArray());
        return json;
    }

    private static JsonObject Range()
    {
        RecordEntry entry = Calls.Record(1, 2);
        RecordLeaf record = new() { Index = 4, Height = 9, Locator = entry.Locator, Commitment = entry.Commitment };
        TrailLeaf trail = new()
        {
            Index = 4,
            Height = 9,
            Institution = new TestRandom(3).Hash().ToField(),
            Commitment = entry.Commitment,
        };
        JsonObject json = Of(
            ("record", Convert.ToHexStringLower(record.ToByteArray())),
            ("recordLeaf", RangeLeaf.OfRecord(record).ToString()),
            ("tombstoneLeaf", RangeLeaf.OfTombstone(4, 9, 12).ToString()),
            ("trail", Convert.ToHexStringLower(trail.ToByteArray())),
            ("trailLeaf", RangeLeaf.OfTrail(trail).ToString()),
            ("node", RecordRanges.Node(new TestRandom(1).Hash(), new TestRandom(2).Hash()).ToString()));
        RecordRange range = new();
        for (ulong number = 1; number <= 7; number++)
        {
            RecordRanges.Append(range, new TestRandom(number).Hash(), number);
        }

        json["peaksOfSeven"] = new JsonArray([.. range.Peaks.Select(peak =>
            (JsonNode)Convert.ToHexStringLower(peak.Span))]);
        return json;
    }

    private static JsonObject Of(params (string Name, string Value)[] members)
    {
        JsonObject json = [];
        foreach ((string name, string value) in members)
        {
            json[name] = value;
        }

        return json;
    }

    private static string GoldenPath([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Vectors", "contracts.json"));
}
