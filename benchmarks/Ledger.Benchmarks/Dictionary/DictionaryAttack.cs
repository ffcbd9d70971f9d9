using System.Buffers.Binary;
using System.Security.Cryptography;
using Ledger.Client.Records;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Benchmarks.Dictionary;

/// <summary>
/// An attack on commitments by somebody who knows the roster and of each graded record everything but its score and
/// outcome: it guesses these, and salts too, and looks each guess up among all commitments on the ledger.
/// </summary>
public sealed class DictionaryAttack
{
    private const int Scores = 101;
    private const int Outcomes = 2;

    private readonly LearningRecord[] targets;

    private DictionaryAttack(LearningRecord[] targets)
    {
        this.targets = targets;
    }

    /// <summary>Guesses for one record and one salt: each score from 0 to 100, passed or not.</summary>
    public const int GuessesOfRecord = Scores * Outcomes;

    /// <summary>Records that are attacked.</summary>
    public int Targets => targets.Length;

    /// <summary>Attacks the first graded records of a population.</summary>
    public static DictionaryAttack On(Population population, int records) => new(
        [.. population.Records().Where(static record => record.Score is not null && record.Success is not null)
            .Take(records)]);

    /// <summary>The commitments as a record store makes them: under a fresh salt of 256 bits each.</summary>
    public IReadOnlySet<Hash256> Salted() => CommitmentsOf(static () =>
        RandomNumberGenerator.GetBytes(RecordCommitment.SaltBytes));

    /// <summary>The control: the same commitments if there were no salts.</summary>
    public IReadOnlySet<Hash256> Unsalted() => CommitmentsOf(static () => new byte[RecordCommitment.SaltBytes]);

    /// <summary>How many guesses are commitments.</summary>
    /// <param name="commitments">What stands on the ledger.</param>
    /// <param name="salts">Salts that are guessed for each record; the first is none.</param>
    /// <param name="done">Told how many guesses were made, now and then, from several threads.</param>
    /// <param name="interrupt">The user's.</param>
    public long Hits(
        IReadOnlySet<Hash256> commitments, int salts, Action<long> done, CancellationToken interrupt)
    {
        byte[][] guessed = [.. Enumerable.Range(0, salts).Select(SaltOf)];
        long hits = 0;
        long guesses = 0;
        Parallel.ForEach(targets, new ParallelOptions { CancellationToken = interrupt }, target =>
        {
            long found = 0;
            foreach (byte[] json in GuessesOf(target))
            {
                CommittedRecord record = CommittedRecord.Read(TypeOf(target), json);
                found += guessed.LongCount(salt => commitments.Contains(RecordCommitment.Compute(record, salt)));
            }

            Interlocked.Add(ref hits, found);
            done(Interlocked.Add(ref guesses, (long)GuessesOfRecord * salts));
        });
        return hits;
    }

    private static IEnumerable<byte[]> GuessesOf(LearningRecord target) =>
        Enumerable.Range(0, Scores).SelectMany(score => ((bool[])[false, true]).Select(success =>
            (target with { Score = score, Success = success }).ToJson()));

    // No salt at all, then what a careless generator might give: a counter, hashed.
    private static byte[] SaltOf(int place)
    {
        byte[] counter = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(counter, place);
        return place == 0 ? new byte[RecordCommitment.SaltBytes] : SHA256.HashData(counter);
    }

    private IReadOnlySet<Hash256> CommitmentsOf(Func<byte[]> salt) => targets
        .Select(target => RecordCommitment.Compute(TypeOf(target), target.ToJson(), salt()))
        .ToHashSet();

    private static RecordType TypeOf(LearningRecord record) =>
        record.Tool == LearningTool.Caliper ? RecordType.CaliperEvent : RecordType.XapiStatement;
}
