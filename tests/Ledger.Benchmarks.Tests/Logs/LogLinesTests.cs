using System.Text;
using Ledger.Benchmarks.Logs;

namespace Ledger.Benchmarks.Tests.Logs;

/// <summary>A file becomes lines.</summary>
public sealed class LogLinesTests
{
    private const int LineBytesMax = 100_000;

    [Test]
    public void Lines_end_at_line_feeds_and_the_last_may_have_none()
    {
        Assert.That(TextsOf("one\ntwo\r\n\nfour"), Is.EqualTo(new[] { "one", "two", "", "four" }));
        Assert.That(TextsOf("one\n"), Is.EqualTo(new[] { "one" }));
        Assert.That(TextsOf(string.Empty), Is.Empty);
    }

    [Test]
    public void A_byte_order_mark_is_no_part_of_the_first_line() =>
        Assert.That(TextsOf("\uFEFFone\ntwo"), Is.EqualTo(new[] { "one", "two" }));

    [Test]
    public void A_line_that_is_too_long_is_passed_over_and_the_next_ones_keep_their_numbers()
    {
        string longer = new('x', LineBytesMax + 1);
        LogLine[] lines = [.. LinesOf($"one\n{longer}\nthree\n{longer}{longer}{longer}\nfive")];
        Assert.That(lines.Select(line => line.Number), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(lines.Select(line => line.Bytes is null), Is.EqualTo(new[] { false, true, false, true, false }));
    }

    [Test]
    public void A_line_of_just_the_limit_is_kept_with_either_end()
    {
        string longest = new('x', LineBytesMax);
        Assert.That(TextsOf($"{longest}\r\n{longest}\n{longest}"), Is.EqualTo(new[] { longest, longest, longest }));
    }

    private static string?[] TextsOf(string text) =>
        [.. LinesOf(text).Select(line => line.Bytes is null ? null : Encoding.UTF8.GetString(line.Bytes))];

    private static IEnumerable<LogLine> LinesOf(string text) =>
        LogLines.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)), LineBytesMax);
}
