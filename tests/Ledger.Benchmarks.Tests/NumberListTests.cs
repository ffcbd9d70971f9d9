using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Tests;

public sealed class NumberListTests
{
    [TestCase("1", new[] { 1 })]
    [TestCase("1,16, 64", new[] { 1, 16, 64 })]
    [TestCase("64,1", new[] { 64, 1 })]
    public void Lists_are_read_in_their_order(string text, int[] expected) =>
        Assert.That(NumberList.Parse(text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1,,2")]
    [TestCase("1,1")]
    [TestCase("1;2")]
    [TestCase("99999999999")]
    public void What_is_no_list_is_refused(string text) => Assert.That(NumberList.Parse(text), Is.Null);
}
