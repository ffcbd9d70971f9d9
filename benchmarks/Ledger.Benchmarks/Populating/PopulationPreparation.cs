using System.Security.Cryptography;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// Makes commitments and locators of the population's records as the schools' record stores do: the JSON is rendered,
/// read by the rules of commitments, and hashed under a fresh salt; the id is hashed under the school's locator key.
/// </summary>
public sealed class PopulationPreparation(ulong seed, int recordsMax)
{
    /// <summary>Locators name the first version of a key.</summary>
    public const uint KeyVersion = 1;

    /// <summary>Records between two words of progress.</summary>
    private const int ProgressStep = 1_000;

    private readonly LocatorKey[] keys = [.. Schools.Founding.Select(_ => new LocatorKey(
        KeyVersion, RandomNumberGenerator.GetBytes(LocatorKey.Size)))];

    /// <summary>The records of each founding school, in time order.</summary>
    public IReadOnlyList<PreparedRecord>[] Prepare(IProgress<int> progress, CancellationToken cancellation)
    {
        List<PreparedRecord>[] schools = [.. Schools.Founding.Select(_ => new List<PreparedRecord>())];
        int done = 0;
        foreach ((int school, PreparedRecord prepared) in new Population(seed).Records().Take(recordsMax)
            .AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(record => (record.SchoolIndex, Prepare(record))))
        {
            schools[school].Add(prepared);
            if (++done % ProgressStep == 0)
            {
                progress.Report(done);
            }
        }

        progress.Report(done);
        return schools;
    }

    private PreparedRecord Prepare(LearningRecord record)
    {
        bool isEvent = record.Tool == LearningTool.Caliper;
        string id = record.Id.ToString("D");
        return new PreparedRecord(
            record.StudentIndex,
            record.Kind.VerbIndex,
            keys[record.SchoolIndex].Hash(isEvent ? "urn:uuid:" + id : id),
            RecordCommitment.Compute(
                isEvent ? RecordType.CaliperEvent : RecordType.XapiStatement,
                record.ToJson(),
                RecordCommitment.FreshSalt()));
    }
}
