using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>What keeps state: what it refuses must leave no trace.</summary>
internal static class SessionTargets
{
    private const int ChallengeBytes = 40;

    public static IEnumerable<FuzzTarget> All() =>
        [Kernel(), Intake(), Frames(), Store(), Caller(), Box(), Hello()];

    private static FuzzTarget Kernel() => new()
    {
        Name = "kernel",
        Kind = InputKind.Protobuf,
        Samples = KernelSession.Samples(),
        Open = static () => new KernelSession(),
        Covers =
        [
            new Decoder(typeof(MessageVerifier), nameof(MessageVerifier.TryVerify)),
            new Decoder(typeof(NewViewRules), "TryReadViewChange"),
        ],
    };

    private static FuzzTarget Intake() => new()
    {
        Name = "transaction-intake",
        Kind = InputKind.Protobuf,
        Samples = [LedgerSamples.Transaction(LedgerSamples.Calls()[5..8]).ToSignedBytes(), Settled(60_000)],
        Open = static () => new IntakeSession(),
        Covers = [new Decoder(typeof(TransactionIntake), nameof(TransactionIntake.Offer))],
    };

    // One signer whom the genesis document names, so that the rules let it in.
    private static byte[] Settled(long validMs)
    {
        SigningKey school = LedgerSamples.Chain.School;
        return Client.Transactions.TransactionBuilder.Signed(
            LedgerSamples.Chain.ChainId,
            LedgerSamples.StartUnixMs + validMs,
            school.Address,
            school,
            [Client.Transactions.Operations.Settle()]).ToSignedBytes();
    }

    private static FuzzTarget Frames()
    {
        Transactions bodies = new();
        bodies.Transactions_.Add(ByteString.CopyFrom(Settled(60_000)));
        Consensus.Protos.CertifiedProposal block = new()
        {
            Proposal = ConsensusSamples.LastBlock.ToMessage(),
            Certificate = ConsensusSamples.CertificateOf(VoteKind.Commit, ConsensusSamples.LastBlock).ToMessage(),
        };
        Blocks blocks = new();
        blocks.Blocks_.Add(new BlockWithBodies { Block = block });
        ByteString hash = ByteString.CopyFrom(ConsensusSamples.ChainId.ToArray());
        Frame[] samples =
        [
            new Frame { Consensus = ConsensusSamples.EnvelopeOf(1, ConsensusSamples.Messages()[0]).ToMessage() },
            new Frame { Transactions = bodies },
            new Frame { Waiting = new TransactionIds { Ids = hash } },
            new Frame { Wanted = new TransactionIds { Ids = hash } },
            new Frame { BodyRequest = new BodyRequest { Leaves = hash } },
            new Frame { Bodies = bodies },
            new Frame { BlockRequest = new Node.Protos.BlockRequest { FromHeight = 1 } },
            new Frame { Blocks = blocks },
            new Frame { FreshRequest = new FreshRequest { Nonce = hash } },
            new Frame
            {
                FreshAnswer = new FreshAnswer
                {
                    Institution = hash, Nonce = hash, Height = 1, HeadHash = hash,
                    Signature = ByteString.CopyFrom(new byte[Certificate.SignatureBytes]),
                },
            },
        ];
        return new FuzzTarget
        {
            Name = "peer-frames",
            Kind = InputKind.Protobuf,
            Samples = [.. samples.Select(static frame => frame.ToByteArray())],
            Open = () => new FrameSession(samples),
            Covers =
            [
                new Decoder(typeof(FrameHandler), nameof(FrameHandler.OnFrameAsync)),
                new Decoder(typeof(TransactionIntake), nameof(TransactionIntake.OfferBody)),
                new Decoder(typeof(FreshReads), nameof(FreshReads.Take)),
            ],
        };
    }

    private static FuzzTarget Store() => new()
    {
        Name = "record-store",
        Kind = InputKind.Json,
        Samples =
        [
            RecordSamples.Plain, RecordSamples.Full, RecordSamples.SubStatement, RecordSamples.List,
            RecordSamples.Caliper, RecordSamples.Envelope,
        ],
        Open = static () => new RecordStoreSession(),
        Covers =
        [
            new Decoder(typeof(RecordIntake), nameof(RecordIntake.TakeStatements)),
            new Decoder(typeof(RecordIntake), nameof(RecordIntake.TakeStatement)),
            new Decoder(typeof(RecordIntake), nameof(RecordIntake.TakeEvents)),
            new Decoder(typeof(RecordIntake), "ReadAll"),
        ],
        CostFactor = 10,
    };

    // Forty zero bytes stand for a challenge that the node has just given.
    private static FuzzTarget Caller()
    {
        SigningKey school = LedgerSamples.Chain.School;
        CallerAuthentication callers = new(
            LedgerSamples.Chain.ChainId, school.Address, NodeSamples.Chain(), TrustingVerifier.Instance,
            FixedClock.AtStart);
        CallerProof sample = new()
        {
            Address = ByteString.CopyFrom(school.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(school.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(new byte[ChallengeBytes]),
            Signature = ByteString.CopyFrom(new byte[Certificate.SignatureBytes]),
        };
        return TargetBuilder.Plain(
            "caller-proof",
            InputKind.Protobuf,
            [sample.ToByteArray()],
            bytes =>
            {
                byte[] fresh = callers.NewChallenge();
                byte[] proof = [.. bytes];
                int place = bytes.AsSpan().IndexOf(new byte[ChallengeBytes]);
                if (place >= 0)
                {
                    fresh.CopyTo(proof, place);
                }

                Metadata metadata = new() { { CallerMessages.MetadataKey, proof } };
                return TargetBuilder.Takes<RpcException>(() => callers.Identify(new CallContext(metadata)));
            },
            new Decoder(typeof(CallerAuthentication), nameof(CallerAuthentication.Require)));
    }

    private static FuzzTarget Box()
    {
        SigningKey school = LedgerSamples.Chain.School;
        ByteString address = ByteString.CopyFrom(school.Address.ToArray());
        BoxRequestBody sample = new()
        {
            Reader = address,
            PublicKey = ByteString.CopyFrom(school.PublicKey.ToArray()),
            Box = address,
            Learner = ByteString.CopyFrom(LedgerSamples.Chain.Learner.Address.ToArray()),
            Verbs = { Client.Tests.Verification.SmallChain.Verb },
            Filter = new BoxFilter { UntilUnixMs = 1, Activities = { "urn:course" }, Ids = { "one", "two" } },
            TimeUnixMs = FixedClock.AtStart.GetUtcNow().ToUnixTimeMilliseconds(),
            Random = ByteString.CopyFrom(new byte[16]),
            Purpose = "audit",
        };
        return TargetBuilder.Plain(
            "box-request",
            InputKind.Protobuf,
            [sample.ToByteArray()],
            bytes =>
            {
                SecureBoxReads box = new(
                    LedgerSamples.Chain.ChainId, school, NodeSamples.Chain(), freshHead: null!, releaser: null!,
                    counts: null!, entries: null!, enter: null!,
                    new BoxRequestMemory(new ForgetfulMarks(), FixedClock.AtStart), TrustingVerifier.Instance,
                    FixedClock.AtStart, logger: null!)
                {
                    Features = null!,
                };
                BoxRequest request = new() { Body = ByteString.CopyFrom(bytes) };
                bool taken = box.Check(request).Body is not null;
                FuzzViolation.Unless(!taken || box.Check(request).Body is null, "answered twice");
                return taken;
            },
            new Decoder(typeof(SecureBoxReads), nameof(SecureBoxReads.Check)));
    }

    private static FuzzTarget Hello()
    {
        SigningKey school = LedgerSamples.Chain.School;
        Hash256 keyHash = ConsensusSamples.ChainId;
        TlsBinding binding = TlsBindingRules.Create(
            LedgerSamples.Chain.ChainId, school.Address, 1, keyHash, static _ => new byte[Certificate.SignatureBytes]);
        return TargetBuilder.Parsed(
            "peer-hello",
            HelloRequest.Parser,
            [new HelloRequest { ChainId = ByteString.CopyFrom(keyHash.ToArray()), Binding = binding }],
            hello =>
            {
                PeerEntry peer = new(school.Address, "School 1", school.PublicKey, null, 1);
                string? refusal = TlsBindingRules.Check(
                    hello.Binding, LedgerSamples.Chain.ChainId, keyHash, peer, TrustingVerifier.Instance);
                return refusal is null;
            },
            new Decoder(typeof(TlsBindingRules), nameof(TlsBindingRules.Check)));
    }
}
