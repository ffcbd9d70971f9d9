namespace Ledger.Workload;

/// <summary>
/// The same operations as a plan of single calls, bundled as this ledger is meant to be used: what belongs
/// together is one atomic group, and one signer's groups share transactions. The effect is the same.
/// </summary>
public sealed class NativePlan
{
    /// <summary>Groups of records in one transaction: keeps a transaction to 256 operations.</summary>
    public const int GroupsPerTransactionMax = 64;

    private readonly List<NativeTransaction> transactions = [];
    private readonly int[] transactionOfOperation;

    /// <summary>Bundles a plan: institutions, then learners, then records by school, then grants by learner.</summary>
    public NativePlan(IReadOnlyList<PlannedOperation> plan)
    {
        transactionOfOperation = new int[plan.Count];
        AddInstitutions(plan);
        AddLearners(plan);
        AddRecords(plan);
        AddGrants(plan);
    }

    /// <summary>The transactions, each at its number, in an order in which they may run.</summary>
    public IReadOnlyList<NativeTransaction> Transactions => transactions;

    /// <summary>
    /// A founder's four operations are one group. Of Harbour's six, the request, each vote and what it publishes when
    /// admitted are on their own, as they have different signers or must wait for each other.
    /// </summary>
    private void AddInstitutions(IReadOnlyList<PlannedOperation> plan)
    {
        IEnumerable<IGrouping<(ActorRole, OperationKind?), PlannedOperation>> bundles = plan
            .Where(operation => operation.Learner is null)
            .GroupBy(operation => (operation.Actor, AdmissionKindOf(operation)));
        foreach (IGrouping<(ActorRole, OperationKind?), PlannedOperation> bundle in bundles)
        {
            Add([new NativeGroup(bundle.ToArray())]);
        }
    }

    private static OperationKind? AdmissionKindOf(PlannedOperation operation) =>
        operation.Kind is OperationKind.Register or OperationKind.Vote ? operation.Kind : null;

    private void AddLearners(IReadOnlyList<PlannedOperation> plan)
    {
        IEnumerable<IGrouping<int?, PlannedOperation>> learners = plan
            .Where(operation => operation.Kind is OperationKind.UicCreate or OperationKind.Enrol)
            .GroupBy(operation => operation.Learner);
        foreach (IGrouping<int?, PlannedOperation> learner in learners)
        {
            Add([new NativeGroup(learner.ToArray())]);
        }
    }

    private void AddRecords(IReadOnlyList<PlannedOperation> plan)
    {
        IEnumerable<IGrouping<ActorRole, NativeGroup>> schools = plan
            .Where(operation => operation.Record is not null && operation.Kind != OperationKind.LlpcGrant)
            .GroupBy(operation => operation.Record)
            .Select(record => new NativeGroup(record.ToArray()))
            .GroupBy(group => group.Operations[0].Actor)
            .OrderBy(school => school.Key.Index);
        foreach (NativeGroup[] batch in schools.SelectMany(school => school.Chunk(GroupsPerTransactionMax)))
        {
            Add(batch);
        }
    }

    /// <summary>A learner's grants share a transaction; each is a group, as one refused leaves the others.</summary>
    private void AddGrants(IReadOnlyList<PlannedOperation> plan)
    {
        IEnumerable<IGrouping<int?, NativeGroup>> learners = plan
            .Where(operation => operation.Kind == OperationKind.LlpcGrant)
            .GroupBy(operation => operation.Learner, operation => new NativeGroup([operation]));
        foreach (NativeGroup[] batch in learners.SelectMany(learner => learner.Chunk(GroupsPerTransactionMax)))
        {
            Add(batch);
        }
    }

    private void Add(IReadOnlyList<NativeGroup> groups)
    {
        int number = transactions.Count;
        PlannedOperation[] operations = groups.SelectMany(group => group.Operations).ToArray();
        foreach (PlannedOperation operation in operations)
        {
            transactionOfOperation[operation.Number] = number;
        }

        ActorRole[] signers = operations.Select(operation => operation.Actor)
            .Concat(operations.Select(operation => operation.CoSigner).OfType<ActorRole>())
            .Distinct()
            .ToArray();
        int[] dependsOn = operations.SelectMany(operation => operation.DependsOn)
            .Select(operation => transactionOfOperation[operation])
            .Where(transaction => transaction != number)
            .Distinct()
            .Order()
            .ToArray();
        transactions.Add(new NativeTransaction(number, signers, groups, dependsOn));
    }
}
