using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What a client reads that came from a node or from another person.</summary>
internal static class ClientTargets
{
    public static IEnumerable<FuzzTarget> All() =>
        [ProofFileTarget(), Checkpoint(), BoxAnswers(), BoxTokens(), Pending(), Endpoint(), Secrets(), Custody()];

    private static FuzzTarget ProofFileTarget() => Plain(
        "proof-file",
        InputKind.Protobuf,
        [
            new ProofFile { Receipt = LedgerSamples.Receipt }.ToByteArray(),
            new ProofFile { State = LedgerSamples.Presence }.ToByteArray(),
            new ProofFile { State = LedgerSamples.Absence }.ToByteArray(),
            new ProofFile { Records = LedgerSamples.Bundle }.ToByteArray(),
            new ProofFile { Intake = LedgerSamples.Intake }.ToByteArray(),
        ],
        static bytes =>
        {
            VerificationReport report = ProofVerifier.Verify(bytes, LedgerSamples.Trust);
            bool verified = report.Verdict == Verdict.Passed;
            FuzzViolation.Unless(
                !verified || ProofFile.Parser.ParseFrom(bytes).ToByteArray().AsSpan().SequenceEqual(bytes),
                "verified, but not canonical");
            return verified;
        },
        new Decoder(typeof(ProofVerifier), nameof(ProofVerifier.Verify))) with { CostFactor = 4 };

    private static FuzzTarget Checkpoint() => Plain(
        "checkpoint-file",
        InputKind.Json,
        [
            CheckpointOf(LedgerSamples.Chain.ChainId, LedgerSamples.Chain.HeadBytes, LedgerSamples.Chain.SetBytes),
            CheckpointOf(
                LedgerSamples.Chain.ChainId,
                ConsensusSamples.LastBlock.HeaderBytes.ToArray(),
                ConsensusSamples.NextSet.Encode()),
        ],
        static bytes =>
        {
            if (!CheckpointFile.TryRead(bytes, out TrustRoot? root))
            {
                return false;
            }

            ProofVerifier.Verify(new ProofFile { State = LedgerSamples.Presence }.ToByteArray(), root);
            return true;
        },
        new Decoder(typeof(CheckpointFile), nameof(CheckpointFile.TryRead)),
        new Decoder(typeof(TrustRoot), nameof(TrustRoot.TryFromCheckpoint)));

    private static byte[] CheckpointOf(Hash256 chainId, byte[] header, byte[] set) => LedgerSamples.Utf8(
        $$"""
        {"chainId":"{{chainId}}","header":"{{Convert.ToHexStringLower(header)}}",
         "nextSet":"{{Convert.ToHexStringLower(set)}}"}
        """);

    // The box lies and signs its lies: the signature is made for the mutated bundle.
    private static FuzzTarget BoxAnswers() => Plain(
        "box-answer",
        InputKind.Protobuf,
        [LedgerSamples.Bundle.ToByteArray()],
        static bundle =>
        {
            SigningKey box = LedgerSamples.Chain.School;
            BoxQuery query = new(
                box.Address, LedgerSamples.Chain.Learner.Address, Client.Tests.Verification.SmallChain.Verb);
            BoxReader reader = new(
                new CallerIdentity(LedgerSamples.Chain.Learner.Address, LedgerSamples.Chain.Learner),
                LedgerSamples.Trust);
            BoxRequest request = new() { Body = ByteString.CopyFromUtf8("body") };
            Hash256 digest = BoxMessages.AnswerDigest(
                LedgerSamples.Chain.ChainId,
                BoxMessages.RequestDigest(LedgerSamples.Chain.ChainId, request.Body.Span),
                bundle);
            BoxAnswer answer = new()
            {
                Bundle = ByteString.CopyFrom(bundle),
                Box = ByteString.CopyFrom(box.Address.ToArray()),
                Signature = ByteString.CopyFrom(box.Sign(digest)),
            };
            return Takes<LedgerClientException>(() => reader.Check(query, request, answer, box.PublicKey));
        },
        new Decoder(typeof(BoxReader), nameof(BoxReader.Check))) with { CostFactor = 8 };

    private static FuzzTarget BoxTokens() => Plain(
        "box-token",
        InputKind.Text,
        [LedgerSamples.Utf8(BoxToken.Of(new BoxRequest
        {
            Body = ByteString.CopyFromUtf8("body"), Signature = ByteString.CopyFrom(new byte[64]),
        }))],
        static bytes =>
        {
            string text = System.Text.Encoding.UTF8.GetString(bytes);
            bool taken = BoxToken.TryParse(text, out BoxRequest? request);
            FuzzViolation.Unless(!taken || BoxToken.Of(request!) == text, "a token has two spellings");
            return taken;
        },
        new Decoder(typeof(BoxToken), nameof(BoxToken.TryParse)));

    private static FuzzTarget Pending() => Plain(
        "pending-transaction",
        InputKind.Protobuf,
        [LedgerSamples.Transaction(LedgerSamples.Calls()).BodyBytes.ToArray()],
        static bytes => Takes<FormatException>(() =>
        {
            PendingTransaction pending = PendingTransaction.Of(LedgerSamples.Chain.ChainId, bytes);
            FuzzViolation.Unless(
                pending.Body.ToByteArray().AsSpan().SequenceEqual(bytes), "taken, but not canonical");
            FuzzViolation.Unless(!pending.IsComplete && pending.MissingSigners.Any(), "complete without a signature");
            foreach (Operation operation in pending.Body.Groups.SelectMany(static group => group.Operations))
            {
                // What is shown to a person before signing.
                OperationText.Describe(operation);
            }
        }),
        new Decoder(typeof(PendingTransaction), nameof(PendingTransaction.Of)));

    private static FuzzTarget Endpoint() => Plain(
        "node-endpoint",
        InputKind.Text,
        [
            LedgerSamples.Utf8("https://127.0.0.1:7101#sha256=" + new string('a', 64)),
            LedgerSamples.Utf8("http://localhost:7101"), LedgerSamples.Utf8("https://[::1]:7101/path?x=1"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            bool taken = NodeEndpoint.TryParse(
                text, new string('b', 64), out NodeEndpoint? endpoint, out string problem);
            FuzzViolation.Unless(taken == (problem.Length == 0), "taken with a problem, or refused without one");
            return taken && endpoint!.ToString().Length > 0;
        },
        new Decoder(typeof(NodeEndpoint), nameof(NodeEndpoint.TryParse)),
        new Decoder(typeof(WebAddress), nameof(WebAddress.TryParse)),
        new Decoder(typeof(WebAddress), nameof(WebAddress.TryParseSecure)));

    private static FuzzTarget Secrets() => Plain(
        "secret-payload",
        InputKind.Binary,
        [
            SecretPayload.Write(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["locator"] = new byte[32], ["secret"] = [1, 2, 3], ["tls"] = [],
            }),
        ],
        static bytes => SecretPayload.Read(bytes) is { } secrets && SecretPayload.Write(secrets).Length >= 0,
        new Decoder(typeof(SecretPayload), nameof(SecretPayload.Read)));

    // Whoever hands a file of records over wrote it; what is in it is sealed to a key that is not the target's.
    private static FuzzTarget Custody() => Plain(
        "custody-file",
        InputKind.Protobuf,
        [CustodySample(0), CustodySample(2)],
        static bytes => Takes<FormatException>(() =>
        {
            using MemoryStream file = new(bytes);
            CustodyFile.ReadHeader(file, LedgerSamples.Chain.ChainId);
            foreach (SealedMessage portion in CustodyFile.ReadPortions(file))
            {
                FuzzViolation.Unless(
                    SealedMessages.Open(portion, CustodianKey, CustodyFile.Purpose) is null, "opened by another key");
            }
        }),
        new Decoder(typeof(CustodyFile), nameof(CustodyFile.ReadHeader)),
        new Decoder(typeof(CustodyFile), nameof(CustodyFile.ReadPortions)),
        new Decoder(typeof(CustodyFile), "ReadLength"));

    private static EncryptionKey CustodianKey { get; } =
        EncryptionKey.FromSecret(Enumerable.Repeat((byte)7, 32).ToArray());

    private static byte[] CustodySample(int portions)
    {
        using MemoryStream file = new();
        new CustodyFileHeader
        {
            Format = "learning-ledger-custody",
            Version = 1,
            ChainId = ByteString.CopyFrom(LedgerSamples.Chain.ChainId.ToArray()),
        }.WriteDelimitedTo(file);
        using EncryptionKey other = EncryptionKey.FromSecret(Enumerable.Repeat((byte)8, 32).ToArray());
        for (int portion = 0; portion < portions; portion++)
        {
            SealedMessages.Seal(
                [1, 2, 3], [(default, new PublicKeyBytes(other.PublicKey))], CustodyFile.Purpose)
                .WriteDelimitedTo(file);
        }

        return file.ToArray();
    }
}
