using System.Text;
using Ledger.Client.Institutions;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Institutions;

/// <summary>The file by which a learner shows a testimonial.</summary>
public sealed class TestimonialFileTests
{
    private static readonly Address Learner = new(TaggedHash.Of(Tags.Address, "learner"u8));
    private static readonly Address School = new(TaggedHash.Of(Tags.Address, "school"u8));

    private string path = null!;

    [SetUp]
    public void MakePath() => path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveFile() => File.Delete(path);

    [Test]
    public void What_is_written_is_read_with_the_same_commitment()
    {
        TestimonialFile file = TestimonialFile.Create(Learner, School, 5, "Worked well.\n");
        file.Write(path);
        TestimonialFile read = TestimonialFile.Read(path);
        Assert.That(read.Commitment, Is.EqualTo(file.Commitment));
        Assert.That((read.Learner, read.Institution, read.DatedUnixMs), Is.EqualTo((Learner, School, 5L)));
        Assert.Throws<IOException>(() => file.Write(path), "The salt of another one would be lost.");
    }

    [Test]
    public void The_same_text_twice_is_two_commitments() => Assert.That(
        TestimonialFile.Create(Learner, School, 5, "good").Commitment,
        Is.Not.EqualTo(TestimonialFile.Create(Learner, School, 5, "good").Commitment));

    [Test]
    public void Another_text_is_another_commitment()
    {
        TestimonialFile file = TestimonialFile.Create(Learner, School, 5, "good");
        Assert.That((file with { Text = "very good" }).Commitment, Is.Not.EqualTo(file.Commitment));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"learner":"0","institution":"0","datedUnixMs":1,"salt":"00","text":"x"}""")]
    public void What_is_none_is_refused(string text)
    {
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        Assert.Throws<FormatException>(() => TestimonialFile.Read(path));
    }
}
