namespace Ledger.Workload.Tests;

/// <summary>The sample of 500 records of 291 students.</summary>
[TestFixture]
public sealed class SampleTests
{
    private const ulong Seed = 20190412;

    [TestCase(Seed)]
    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(ulong.MaxValue)]
    public void The_sample_has_the_papers_totals_for_any_seed(ulong seed)
    {
        var sample = new PaperSample(seed);
        Assert.That(sample.Records, Has.Count.EqualTo(500));
        Assert.That(sample.Students, Has.Count.EqualTo(291));
        Assert.That(sample.Students, Is.Unique);
        Assert.That(sample.Records.Select(record => (record.StudentIndex, record.Verb.Iri)), Is.Unique);
        Assert.That(sample.Records.Select(record => record.Number), Is.Ordered.And.Unique);
        Assert.That(sample.Records.Select(record => record.StudentIndex).Distinct(), Is.EqualTo(sample.Students));
    }

    [TestCase(Seed)]
    [TestCase(7UL)]
    public void A_student_of_North_has_the_verb_of_the_demonstration(ulong seed)
    {
        LearningRecord[] found = new PaperSample(seed).Records
            .Where(record => record.Verb.Iri == "http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed")
            .Where(record => record.School == Schools.North)
            .ToArray();
        Assert.That(found, Is.Not.Empty);
        Assert.That(found, Is.All.Matches<LearningRecord>(record => record.Verb.Id == 0x34));
    }

    [Test]
    public void Each_sampled_record_is_the_one_of_the_population()
    {
        var sample = new PaperSample(Seed);
        Dictionary<int, LearningRecord> byNumber = sample.Records.ToDictionary(record => record.Number);
        LearningRecord[] streamed = new Population(Seed).Records()
            .Where(record => byNumber.ContainsKey(record.Number))
            .ToArray();
        Assert.That(streamed, Is.EqualTo(sample.Records));
    }

    [Test]
    public void The_sample_is_the_golden_one()
    {
        Assert.That(PopulationDigest.Of(new PaperSample(Seed).Records),
            Is.EqualTo("d3361ec7b342b4b03c46e04864257d29a00e33457058eaae1365c0e11f0a0012"));
    }

    [Test]
    public void The_sample_reaches_every_school_and_tool()
    {
        var sample = new PaperSample(Seed);
        Assert.That(sample.Records.Select(record => record.SchoolIndex).Distinct().Count(), Is.EqualTo(4));
        Assert.That(sample.Records.Select(record => record.Tool).Distinct().Count(), Is.EqualTo(3));
        Assert.That(sample.Records.Select(record => record.Verb.Iri).Distinct().Count(), Is.GreaterThan(20));
    }
}
