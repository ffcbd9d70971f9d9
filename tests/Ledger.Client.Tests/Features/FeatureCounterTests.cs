using Ledger.Client.Features;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Features;

/// <summary>Counting is one sum, whatever the order, and its parts make it.</summary>
public sealed class FeatureCounterTests
{
    private const long Day = FeatureDefinition.DayMilliseconds;
    private const long AsOf = 20_000 * Day;

    [Test]
    public void The_order_of_records_changes_nothing()
    {
        RecordTraits[] records = [.. Enumerable.Range(0, 200).Select(Record)];
        FeatureSet forward = Count(records);
        FeatureSet backward = Count(records.Reverse());

        Assert.That(backward, Is.EqualTo(forward));
        Assert.That(FeatureSums.Hold(forward, 200), Is.True);
    }

    [TestCase(0, 0)]
    [TestCase(6, 0)]
    [TestCase(7, 1)]
    [TestCase(27, 1)]
    [TestCase(28, 2)]
    [TestCase(84, 3)]
    [TestCase(363, 3)]
    [TestCase(364, 4)]
    [TestCase(-5, 0, Description = "A clock that goes ahead makes no event old.")]
    public void Events_fall_into_bands_of_recency_by_whole_days(int daysAgo, int band)
    {
        FeatureSet features = Count([Record(0) with { EventUnixMs = AsOf - (daysAgo * Day) }]);
        Assert.That(features.Recency[band], Is.EqualTo(1));
        Assert.That(features.Recency.Count, Is.EqualTo(FeatureDefinition.RecencyDays.Count + 1));
    }

    [Test]
    public void More_activities_than_a_packet_names_are_a_number()
    {
        int many = FeatureDefinition.ActivitiesMax + 3;
        FeatureSet features = Count(Enumerable.Range(0, many)
            .Select(static number => Record(number) with { Activity = $"urn:{number:D4}" })
            .Append(Record(0) with { Activity = $"urn:{many - 1:D4}" })
            .Append(Record(0) with { Activity = "" }));

        Assert.That(features.Activities, Has.Count.EqualTo(FeatureDefinition.ActivitiesMax));
        Assert.That(features.OtherActivities, Is.EqualTo(4), "Three that are named no more, and one about nothing.");
        Assert.That(features.Activities[^1].Records, Is.EqualTo(2), "What is most frequent is named.");
        Assert.That(FeatureSums.Hold(features, (ulong)many + 2), Is.True);
    }

    [Test]
    public void Days_before_1970_are_days_too()
    {
        Assert.That(FeatureDefinition.DayOf(-1), Is.EqualTo(-1));
        Assert.That(FeatureDefinition.DayOf(-Day), Is.EqualTo(-1));
        Assert.That(FeatureDefinition.DayOf(-Day - 1), Is.EqualTo(-2));
        Assert.That(FeatureDefinition.DayOf(0), Is.Zero);
    }

    private static FeatureSet Count(IEnumerable<RecordTraits> records)
    {
        FeatureCounter counter = new(AsOf);
        foreach (RecordTraits record in records)
        {
            counter.Add(record);
        }

        return counter.ToFeatures();
    }

    private static RecordTraits Record(int number) => new(
        $"urn:{number % 7}",
        number % 11 == 5 ? null : AsOf - (number * Day),
        number % 3 == 0 ? number % FeatureDefinition.Bands : null,
        number % 4 == 0 ? null : number % 2 == 0,
        number % 5 == 0 ? [$"urn:skill:{number % 2}"] : []);
}
