using Ledger.Benchmarks.Running;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Benchmarks.Payload;

/// <summary>
/// A school with enrolled learners, a contract of each of them for each verb, and both indexes: what an insertion of a
/// record rests on.
/// </summary>
public sealed class SchoolWorld
{
    /// <summary>Transactions of the set-up that are under way: a few blocks' worth.</summary>
    private const int UnderWayMax = 128;

    private SchoolWorld(BenchmarkMember school, IReadOnlyList<Address> learners, IReadOnlyList<string> verbs)
    {
        School = school;
        Learners = learners;
        Verbs = verbs;
    }

    /// <summary>The institution; it signs.</summary>
    public BenchmarkMember School { get; }

    /// <summary>Its learners.</summary>
    public IReadOnlyList<Address> Learners { get; }

    /// <summary>Their verbs.</summary>
    public IReadOnlyList<string> Verbs { get; }

    /// <summary>Makes them on the ledger, at the school's own node.</summary>
    public static async Task<SchoolWorld> FoundAsync(
        Hash256 chainId, BenchmarkMember school, WorldSize size, CancellationToken cancellation)
    {
        string[] iris = [.. VerbTable.Standard.All.Select(verb => verb.Iri).Distinct().Take(size.Verbs)];
        Invariant.That(iris.Length == size.Verbs, "the standard table has so many verbs");
        await DecideAsync(chainId, school, [school.Key], [[Operations.PicCreate()]], cancellation);
        Address[] addresses = new Address[size.Learners];
        using SemaphoreSlim places = new(UnderWayMax, UnderWayMax);
        await Task.WhenAll(Enumerable.Range(0, size.Learners).Select(async place =>
        {
            await places.WaitAsync(cancellation);
            try
            {
                addresses[place] = await EnrolAsync(chainId, school, iris, cancellation);
            }
            finally
            {
                places.Release();
            }
        }));
        return new SchoolWorld(school, addresses, iris);
    }

    private static async Task<Address> EnrolAsync(
        Hash256 chainId, BenchmarkMember school, string[] verbs, CancellationToken cancellation)
    {
        using SigningKey learner = SigningKey.Create();
        await DecideAsync(chainId, school, [learner], [[Operations.UicCreate()]], cancellation);
        List<Operation[]> groups = [[Operations.Enrol(learner.Address, school.Address)]];
        groups.AddRange(verbs.Select(verb => new[]
        {
            Operations.LlpcCreate(learner.Address, verb),
            Operations.PicInsert(learner.Address, verb),
            Operations.UicInsert(learner.Address, verb),
        }));
        await DecideAsync(chainId, school, [school.Key, learner], groups, cancellation);
        return learner.Address;
    }

    /// <summary>
    /// Hands a transaction in at a school's node, acted by the first signer; all of it must be accepted.
    /// </summary>
    internal static async Task DecideAsync(
        Hash256 chainId,
        BenchmarkMember school,
        SigningKey[] signers,
        IReadOnlyList<Operation[]> groups,
        CancellationToken cancellation)
    {
        TransactionBuilder builder = new(chainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        foreach (SigningKey signer in signers)
        {
            builder.AddSigner(signer.Address, signer.PublicKey);
        }

        foreach (Operation[] group in groups)
        {
            builder.AddGroup(0, group);
        }

        PendingTransaction transaction = builder.Build();
        foreach (SigningKey signer in signers)
        {
            transaction.AddSignature(signer);
        }

        Outcome outcome = await school.Client.SubmitAsync(transaction.ToSignedBytes(), wait: true, cancellation);
        OperationOutcome? refused = outcome.Operations.FirstOrDefault(
            operation => operation.Result.Code != ResultCode.Accepted);
        if (outcome.State != OutcomeState.Decided || refused is not null)
        {
            throw new BenchmarkException($"The set-up of {school.Node.Name} was not accepted: {outcome.State} "
                + $"{outcome.Refusal} {outcome.Detail} {refused?.Result.Code}");
        }
    }
}
