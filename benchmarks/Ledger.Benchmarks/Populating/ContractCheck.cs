using Ledger.Benchmarks.Replay;
using Ledger.Client.Protos;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>Contracts that were read back, and how many of them hold as many records as were written.</summary>
/// <param name="Read">How many were read.</param>
/// <param name="Right">How many were right.</param>
public sealed record ContractCheck(int Read, int Right)
{
    /// <summary>Enough to meet a loss of one record in some hundreds, and read in a second.</summary>
    private const int ContractsMax = 200;

    /// <summary>Nothing was read: the run was interrupted.</summary>
    public static ContractCheck None { get; } = new(0, 0);

    /// <summary>Reads contracts that the seed draws, each at the node of another school than the writer.</summary>
    public static async Task<ContractCheck> ReadAsync(
        Cast cast, IReadOnlyList<IReadOnlyList<PreparedRecord>> schools, ulong seed, CancellationToken cancellation)
    {
        Random random = new(unchecked((int)seed));
        int read = 0;
        int right = 0;
        for (int school = 0; school < schools.Count; school++)
        {
            KeyValuePair<(int Learner, int Verb), int>[] contracts =
                [.. schools[school].CountBy(record => (record.Learner, record.Verb))];
            random.Shuffle(contracts);
            foreach (((int learner, int verb), int count) in contracts.Take(ContractsMax / schools.Count))
            {
                LlpcView view = await cast.Clients[(school + 1) % cast.Clients.Count].GetLlpcAsync(
                    cast.Learner(learner), ActivityCatalogue.Verbs[verb].Iri, cancellation);
                read++;
                right += view.Ranges.Count == 1 && view.Ranges[0].Range.Count == (ulong)count ? 1 : 0;
            }
        }

        return new ContractCheck(read, right);
    }
}
