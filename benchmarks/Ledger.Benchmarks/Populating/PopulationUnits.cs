using Google.Protobuf;
using Ledger.Benchmarks.Replay;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// The transactions of the population. A transaction is put together and signed when it is handed in: it would expire
/// in two minutes.
/// </summary>
public sealed class PopulationUnits(Cast cast)
{
    private static readonly string[] Verbs = [.. ActivityCatalogue.Verbs.Select(verb => verb.Iri)];

    /// <summary>Indexes of the schools, and index and enrolment of each learner: what must stand before.</summary>
    public IReadOnlyList<ReplayUnit> Enrolments(int learnerCount)
    {
        List<ReplayUnit> units = [];
        foreach (School school in Schools.Founding)
        {
            units.Add(new ReplayUnit(
                units.Count, school.Index, [], 1,
                () => Sign([ActorRole.Institution(school.Index)], [[Operations.PicCreate()]])));
        }

        for (int learner = 0; learner < learnerCount; learner++)
        {
            int own = learner;
            int school = Schools.OfStudent(own).Index;
            units.Add(new ReplayUnit(
                units.Count, school, [], 1,
                () => Sign(
                    [ActorRole.Learner(own), ActorRole.Institution(school)],
                    [[Operations.UicCreate(), Operations.Enrol(cast.Learner(own), cast.Institution(school))]])));
        }

        return units;
    }

    /// <summary>
    /// Contracts and records of every school, all ready at once but for what waits for its contracts; the size of a
    /// unit is its records.
    /// </summary>
    public IReadOnlyList<ReplayUnit> Writing(IReadOnlyList<IReadOnlyList<PreparedRecord>> schools, int recordsMax)
    {
        List<ReplayUnit> units = [];
        for (int school = 0; school < schools.Count; school++)
        {
            int own = school;
            Dictionary<(int Learner, int Verb), int> madeBy = [];
            foreach (PopulationBatch batch in PopulationBatches.Creations(schools[school]))
            {
                foreach ((int Learner, int Verb) contract in batch.Contracts)
                {
                    madeBy.Add(contract, units.Count);
                }

                units.Add(new ReplayUnit(units.Count, school, [], 0, () => Create(own, batch)));
            }

            foreach (PopulationBatch batch in PopulationBatches.Insertions(schools[school], recordsMax))
            {
                int[] makers = [.. batch.Contracts.Select(contract => madeBy[contract]).Distinct().Order()];
                units.Add(new ReplayUnit(units.Count, school, makers, batch.RecordCount, () => Insert(own, batch)));
            }
        }

        return units;
    }

    private PendingTransaction Create(int school, PopulationBatch batch) => Sign(
        [ActorRole.Institution(school)],
        batch.Contracts.Select(contract => new[]
        {
            Operations.LlpcCreate(cast.Learner(contract.Learner), Verbs[contract.Verb]),
            Operations.PicInsert(cast.Learner(contract.Learner), Verbs[contract.Verb]),
            Operations.UicInsert(cast.Learner(contract.Learner), Verbs[contract.Verb]),
        }));

    private PendingTransaction Insert(int school, PopulationBatch batch) => Sign(
        [ActorRole.Institution(school)],
        batch.Contracts.Select((contract, place) => new[]
        {
            Operations.LlpcInsert(
                cast.Learner(contract.Learner), Verbs[contract.Verb], batch.Records[place].Select(EntryOf)),
        }));

    private static RecordEntry EntryOf(PreparedRecord record) => new()
    {
        Locator = new Locator
        {
            Lrs = AnchorPlanner.LrsNumber,
            QueryTemplate = LocatorKey.StatementByIdTemplate,
            KeyVersion = PopulationPreparation.KeyVersion,
            HashedId = UnsafeByteOperations.UnsafeWrap(record.Locator.ToArray()),
        },
        Commitment = UnsafeByteOperations.UnsafeWrap(record.Commitment.ToArray()),
    };

    private PendingTransaction Sign(IReadOnlyList<ActorRole> signers, IEnumerable<IEnumerable<Operation>> groups)
    {
        TransactionBuilder builder = new(
            cast.ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        foreach (ActorRole signer in signers)
        {
            SigningKey key = cast.KeyOf(signer);
            builder.AddSigner(key.Address, key.PublicKey);
        }

        foreach (IEnumerable<Operation> group in groups)
        {
            builder.AddGroup(0, group);
        }

        PendingTransaction transaction = builder.Build();
        foreach (ActorRole signer in signers)
        {
            transaction.AddSignature(cast.KeyOf(signer));
        }

        return transaction;
    }
}
