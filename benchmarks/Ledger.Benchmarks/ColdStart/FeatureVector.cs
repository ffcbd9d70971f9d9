using Ledger.Client.Features;
using Ledger.Contracts.Protos;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>
/// Six numbers out of the features of all verbs: what the model sees of a packet, and of a school's own records alike.
/// </summary>
public static class FeatureVector
{
    /// <summary>How many numbers.</summary>
    public const int Length = 6;

    /// <summary>BookRoll's GETIT.</summary>
    private const string Understood = "http://activitystrea.ms/schema/1.0/acknowledge";

    /// <summary>BookRoll's NOTGETIT.</summary>
    private const string NotUnderstood = "http://id.tincanapi.com/verb/requested-attention";

    /// <summary>
    /// Shares begin at one half with the weight of four records: one answer out of one is no perfect learner.
    /// </summary>
    private const double PriorRecords = 4;

    /// <summary>
    /// Logarithm of records; share of successes; logarithm of outcomes; mean score; share of pages understood;
    /// logarithm of days of the verb with most. Shares lie between 0 and 1.
    /// </summary>
    /// <param name="verbs">Features by verb, as a packet has them.</param>
    public static double[] Of(IReadOnlyDictionary<string, FeatureSet> verbs)
    {
        double succeeded = verbs.Values.Sum(static one => (double)one.Succeeded);
        double failed = verbs.Values.Sum(static one => (double)one.Failed);
        double scored = verbs.Values.Sum(static one => one.ScoreBands.Sum(static count => (double)count));
        double scores = verbs.Values.Sum(static one => one.ScoreBands
            .Select(static (count, band) => (double)count * (band + 0.5) / FeatureDefinition.Bands)
            .Sum());
        return
        [
            Math.Log(1 + verbs.Values.Sum(static one => (double)one.Records)),
            Share(succeeded, succeeded + failed),
            Math.Log(1 + succeeded + failed),
            Share(scores, scored),
            Share(RecordsOf(verbs, Understood), RecordsOf(verbs, Understood) + RecordsOf(verbs, NotUnderstood)),
            Math.Log(1 + verbs.Values.Select(static one => (double)one.Days).DefaultIfEmpty(0).Max()),
        ];
    }

    private static double Share(double part, double whole) => (part + (PriorRecords / 2)) / (whole + PriorRecords);

    private static double RecordsOf(IReadOnlyDictionary<string, FeatureSet> verbs, string verb) =>
        verbs.TryGetValue(verb, out FeatureSet? features) ? features.Records : 0;
}
