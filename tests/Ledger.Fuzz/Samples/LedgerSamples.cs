using System.Text;
using Google.Protobuf;
using Ledger.Client.Intakes;
using Ledger.Client.Records;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>A small ledger with an enrolled learner and anchored records, and what a node gives out of it.</summary>
internal static class LedgerSamples
{
    /// <summary>The time of height 0 in <see cref="SmallChain"/>.</summary>
    public const long StartUnixMs = 1_700_000_000_000;

    public static readonly string[] Statements =
    [
        """{"actor":{"mbox":"mailto:a@b.example"},"id":"s-1","timestamp":"2026-01-01T00:00:00Z","result":{}}""",
        """{"id":"s-2","object":{"id":"http://c.example/1"},"timestamp":"2026-01-02T00:00:00Z","verb":{"id":"v:1"}}""",
        """{"id":"s-3","timestamp":"2026-01-03T00:00:00Z"}""",
    ];

    private static readonly Lazy<SmallChain> LazyChain = new(() =>
    {
        SmallChain chain = new();
        chain.AnchorStatements(Statements);
        return chain;
    });

    public static SmallChain Chain => LazyChain.Value;

    /// <summary>The genesis state of the same chain.</summary>
    public static GenesisState Genesis { get; } = GenesisState.Build(Chain.GenesisBytes);

    public static TrustRoot Trust { get; } = Chain.Trust;

    public static Receipt Receipt { get; } = Chain.Receipt();

    public static RecordBundle Bundle { get; } = Chain.Bundle(Statements[..2]);

    public static StateEvidence Presence { get; } = Chain.Evidence(StateKeys.Institution(Chain.School.Address));

    /// <summary>A record store's receipt, signed by the school.</summary>
    public static IntakeReceipt Intake { get; } = MakeIntake();

    public static StateEvidence Absence { get; } = Chain.Evidence(StateKeys.Learner(Chain.School.Address));

    private static IntakeReceipt MakeIntake()
    {
        byte[] body = new IntakeBody
        {
            ChainId = ByteString.CopyFrom(Chain.ChainId.ToArray()),
            Institution = Field(Chain.School.Address),
            Type = IntakeMessages.NameOf(RecordType.XapiStatement),
            Id = "s-3",
            StoredUnixMs = StartUnixMs,
            SignedUnixMs = StartUnixMs,
            Digest = ByteString.CopyFrom(IntakeMessages.RecordDigestOf(
                RecordType.XapiStatement, Encoding.UTF8.GetBytes(Statements[2])).ToArray()),
            Commitment = ByteString.CopyFrom(new byte[Hash256.Size]),
        }.ToByteArray();
        return new IntakeReceipt
        {
            Version = ProofVerifier.Version,
            Body = ByteString.CopyFrom(body),
            Key = Chain.Evidence(StateKeys.SigningKeys(Chain.School.Address).At(1)),
            Signature = ByteString.CopyFrom(Chain.School.Sign(IntakeMessages.SignedDigest(Chain.ChainId, body))),
        };
    }

    /// <summary>One operation of each call.</summary>
    public static Operation[] Calls()
    {
        Address learner = Chain.Learner.Address;
        Address school = Chain.School.Address;
        Rights rights = new() { Read = true, Write = true };
        RecordEntry entry = new()
        {
            Locator = new Locator
            {
                Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = ByteString.CopyFrom(new byte[16]),
            },
            Commitment = ByteString.CopyFrom(new byte[32]),
        };
        return
        [
            Operations.RegisterInstitution("Neu", "neu.example", InstitutionKind.LearningProvider),
            Operations.VoteInstitution(learner, 1, approve: true),
            Operations.PublishEndpoint(EndpointKind.Api, "https://school1.example:7001"),
            Operations.PublishEncryptionKey(new byte[32]),
            Operations.PublishTlsBinding(7, Hash256.Zero),
            Operations.Enrol(learner, school),
            Operations.EndEnrolment(learner, school),
            Operations.UicCreate(),
            Operations.UicInsert(learner, SmallChain.Verb),
            Operations.PicCreate(),
            Operations.PicInsert(learner, SmallChain.Verb),
            Operations.LlpcCreate(learner, SmallChain.Verb),
            Operations.LlpcInsert(learner, SmallChain.Verb, [entry]),
            Operations.LlpcRequest(learner, SmallChain.Verb, rights, new byte[32]),
            Operations.LlpcDeny(learner, SmallChain.Verb, 1),
            Operations.LlpcWithdraw(learner, SmallChain.Verb, 1),
            Operations.LlpcErase(
                learner,
                SmallChain.Verb,
                [new RecordLeaf { Height = 1, Locator = entry.Locator, Commitment = entry.Commitment }],
                [ByteString.CopyFrom(new byte[32])]),
            Operations.LlpcScore(learner, SmallChain.Verb, 0, new PublicScore { Raw = 5, Max = 10, Success = true }),
            new Operation
            {
                LlpcGrant = new LlpcGrant
                {
                    Learner = Field(learner), Verb = SmallChain.Verb, Grantee = Field(school), Rights = rights,
                    EndUnixMs = StartUnixMs + 5_000,
                },
            },
            Operations.LlpcRevoke(learner, SmallChain.Verb, 1),
            Operations.LlpcRevokeInstitution(learner, SmallChain.Verb, school),
            Operations.LlpcRenounce(learner, SmallChain.Verb, 1),
            Operations.Settle(),
            .. SeatSamples.Calls(),
        ];
    }

    /// <summary>A signed transaction of the calls.</summary>
    public static PendingTransaction Transaction(params Operation[] operations)
    {
        TransactionBuilder builder = new(Chain.ChainId, StartUnixMs + 60_000);
        builder.AddSigner(Chain.School.Address, Chain.School.PublicKey);
        builder.AddSigner(Chain.Learner.Address, Chain.Learner.PublicKey);
        PendingTransaction pending = builder
            .WithRandom(new byte[TransactionLimits.RandomBytes])
            .AddGroup(0, operations)
            .Build();
        pending.AddSignature(Chain.School);
        pending.AddSignature(Chain.Learner);
        return pending;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static ByteString Field(Address address) => ByteString.CopyFrom(address.ToArray());
}
