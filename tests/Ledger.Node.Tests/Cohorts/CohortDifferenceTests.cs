using Ledger.Node.Cohorts;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Cohorts;

/// <summary>What the difference of two answers tells is nobody, or many.</summary>
public sealed class CohortDifferenceTests
{
    private const int LearnersMin = 10;

    private static readonly Address[] Learners =
        [.. Enumerable.Range(0, 60).Select(static number => TestLedger.FixedKey(200 + number).Address)];

    [TestCase(0, false, Description = "The same learners and the same records tell nothing more.")]
    [TestCase(1, true)]
    [TestCase(9, true)]
    [TestCase(10, false)]
    public void Learners_that_one_counts_and_the_other_does_not(int more, bool isFew)
    {
        Dictionary<Address, ulong> one = Parts(0, 20);
        Dictionary<Address, ulong> other = Parts(0, 20 + more);
        Assert.That(CohortDifference.TellsOfFew(one, other, LearnersMin), Is.EqualTo(isFew));
        Assert.That(CohortDifference.TellsOfFew(other, one, LearnersMin), Is.EqualTo(isFew));
    }

    [TestCase(1, true)]
    [TestCase(9, true)]
    [TestCase(10, false)]
    public void Learners_whose_records_the_two_count_differently(int different, bool isFew)
    {
        Dictionary<Address, ulong> other = Parts(0, 20);
        foreach (Address learner in Learners.Take(different))
        {
            other[learner]++;
        }

        Assert.That(CohortDifference.TellsOfFew(Parts(0, 20), other, LearnersMin), Is.EqualTo(isFew));
    }

    [Test]
    public void Many_other_records_do_not_hide_a_learner_who_is_in_one_alone()
    {
        Dictionary<Address, ulong> other = Parts(0, 21);
        foreach (Address learner in Learners.Take(15))
        {
            other[learner]++;
        }

        Assert.That(CohortDifference.TellsOfFew(Parts(0, 20), other, LearnersMin), Is.True);
    }

    [Test]
    public void Cohorts_of_other_learners_are_two_answers() =>
        Assert.That(CohortDifference.TellsOfFew(Parts(0, 20), Parts(30, 20), LearnersMin), Is.False);

    private static Dictionary<Address, ulong> Parts(int first, int count) =>
        Learners.Skip(first).Take(count).ToDictionary(static learner => learner, static _ => 2UL);
}
