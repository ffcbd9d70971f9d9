using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>Turns operations of the plan into signed transactions.</summary>
/// <param name="cast">Who acts.</param>
/// <param name="records">What is written.</param>
/// <param name="turn">Whether the nodes have replayed another workload before.</param>
public sealed class PlanTransactions(Cast cast, IReadOnlyList<LoadedRecord> records, PlanTurn turn)
{
    private const int EncryptionKeyBytes = 32;

    // A binding is newer than the one before, and a domain is registered once.
    private readonly ulong binding = turn == PlanTurn.First ? 1UL : 2UL;
    private readonly string domainStart = turn == PlanTurn.First ? string.Empty : "second.";

    /// <summary>One operation as a transaction of its own: the paper's grain.</summary>
    public PendingTransaction Single(PlannedOperation operation)
    {
        ActorRole[] signers = operation.CoSigner is { } coSigner ? [operation.Actor, coSigner] : [operation.Actor];
        return Build(signers, [[operation]]);
    }

    /// <summary>A transaction of the native plan.</summary>
    public PendingTransaction Native(NativeTransaction transaction) => Build(
        transaction.Signers, [.. transaction.Groups.Select(group => group.Operations)]);

    private PendingTransaction Build(
        IReadOnlyList<ActorRole> signers, IReadOnlyList<IReadOnlyList<PlannedOperation>> groups)
    {
        TransactionBuilder builder = new(
            cast.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        foreach (ActorRole signer in signers)
        {
            SigningKey key = cast.KeyOf(signer);
            builder.AddSigner(key.Address, key.PublicKey);
        }

        foreach (IReadOnlyList<PlannedOperation> group in groups)
        {
            Invariant.That(
                group.All(operation => operation.Actor == signers[0]), "the first signer calls every operation");
            builder.AddGroup(0, group.Select(Call));
        }

        PendingTransaction transaction = builder.Build();
        foreach (ActorRole signer in signers)
        {
            transaction.AddSignature(cast.KeyOf(signer));
        }

        return transaction;
    }

    private Operation Call(PlannedOperation operation) => operation.Kind switch
    {
        OperationKind.Register => Operations.RegisterInstitution(
            Schools.All[operation.Candidate!.Value].Name,
            domainStart + Schools.All[operation.Candidate.Value].Domain,
            InstitutionKind.LearningProvider),
        OperationKind.Vote => Operations.VoteInstitution(
            cast.Institution(operation.Candidate!.Value), ballot: 1, approve: true),
        OperationKind.PicCreate => Operations.PicCreate(),
        OperationKind.PublishEndpoint => Operations.PublishEndpoint(EndpointKind.Box, EndpointOf(operation)),
        OperationKind.PublishEncryptionKey => Operations.PublishEncryptionKey(EncryptionKeyOf(operation)),
        OperationKind.PublishTlsBinding => Operations.PublishTlsBinding(
            binding, TaggedHash.Of(Tags.TlsBinding, cast.Institution(operation.Actor.Index).ToArray())),
        OperationKind.UicCreate => Operations.UicCreate(),
        OperationKind.Enrol => Operations.Enrol(
            cast.Learner(operation.Learner!.Value), cast.Institution(operation.CoSigner!.Value.Index)),
        OperationKind.LlpcCreate => Operations.LlpcCreate(LearnerOf(operation), VerbOf(operation)),
        OperationKind.PicInsert => Operations.PicInsert(LearnerOf(operation), VerbOf(operation)),
        OperationKind.UicInsert => Operations.UicInsert(LearnerOf(operation), VerbOf(operation)),
        OperationKind.LlpcInsert =>
            Operations.LlpcInsert(LearnerOf(operation), VerbOf(operation), [EntryOf(operation)]),
        OperationKind.LlpcGrant => Operations.LlpcGrant(
            LearnerOf(operation), VerbOf(operation), cast.Institution(operation.Institution!.Value),
            new Rights { Read = true }, parent: 0, endUnixMs: 0, limits: []),
        _ => throw new InvalidOperationException("an operation kind without a name"),
    };

    private Address LearnerOf(PlannedOperation operation) => cast.Learner(operation.Learner!.Value);

    private string VerbOf(PlannedOperation operation) => records[operation.Record!.Value].View.Verb;

    private RecordEntry EntryOf(PlannedOperation operation)
    {
        LoadedRecord record = records[operation.Record!.Value];
        return new RecordEntry { Locator = record.View.Locator, Commitment = record.View.Commitment };
    }

    // A reader of another institution pins the box's TLS key by what the ledger says of it.
    private string EndpointOf(PlannedOperation operation)
    {
        if (operation.Actor.Index >= cast.Nodes.Count)
        {
            return "https://" + Schools.All[operation.Actor.Index].Domain + "#sha256="
                + new string('0', 2 * Hash256.Size);
        }

        Ledger.Node.Configuration.ReadyFile ready = LocalConsortium.Ready(cast.Nodes[operation.Actor.Index])
            ?? throw new BenchmarkException("A node has stopped.");
        return ready.Api + "#sha256=" + ready.TlsPin;
    }

    private static byte[] EncryptionKeyOf(PlannedOperation operation)
    {
        using EncryptionKey key = EncryptionKey.Create();
        Invariant.That(key.PublicKey.Length == EncryptionKeyBytes && operation.Actor.Kind == ActorKind.Institution);
        return key.PublicKey.ToArray();
    }
}
