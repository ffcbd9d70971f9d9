using Ledger.Client.Custody;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Custody;

/// <summary>What makes a custodian confirm again, and what does not.</summary>
public sealed class CopyCompletenessTests
{
    [TestCase(10UL, 0UL, 10UL, true, TestName = "Nothing changed")]
    [TestCase(10UL, 3UL, 10UL, true, TestName = "Three were erased since")]
    [TestCase(10UL, 10UL, 10UL, true, TestName = "All were erased since")]
    [TestCase(11UL, 0UL, 30UL, false, TestName = "One was appended since")]
    [TestCase(11UL, 1UL, 30UL, false, TestName = "One was erased and one appended since: the count is the same")]
    [TestCase(10UL, 0UL, 20UL, false, TestName = "One was appended in the same block, before or after")]
    public void A_copy_is_whole_unless_records_came_after_it(ulong count, ulong erased, ulong last, bool isWhole)
    {
        RecordRange range = new() { Count = count, Erased = erased, LastHeight = last };
        RangeCopy copy = new() { Count = 10, Height = 20 };

        Assert.That(CopyCompleteness.IsWhole(range, copy), Is.EqualTo(isWhole));
    }
}
