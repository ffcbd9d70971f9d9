using System.Text;

namespace Ledger.Node.Records.Connectors;

/// <summary>What another store answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole body; empty where it is longer than is read.</param>
/// <param name="ConsistentThrough">
/// The time of storing up to which nothing will be added any more, as xAPI says it; null without.
/// </param>
/// <param name="RetryAfter">How long the store wants to be left alone, if it says so.</param>
internal sealed record LinkAnswer(
    int Status, ReadOnlyMemory<byte> Body, DateTimeOffset? ConsistentThrough, TimeSpan? RetryAfter)
{
    /// <summary>What an administrator is shown of a body.</summary>
    private const int ExcerptMax = 200;

    /// <summary>The announced media type; empty without.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The body is longer than <see cref="LinkHttp.AnswerBytesMax"/>, and was not read.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Whether the same request may succeed later: the store is busy, or what is before it.</summary>
    public bool IsTransient => Status is 408 or 429 or >= 500;

    /// <summary>Whether it did what it was asked for.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// The body of a success; throws <see cref="LinkException"/> where there is none that can be used.
    /// </summary>
    public ReadOnlyMemory<byte> Page()
    {
        if (!IsSuccess)
        {
            throw Failure();
        }

        return IsTooLong
            ? throw new UnreadablePageException(
                FormattableString.Invariant($"The other store's answer is over {LinkHttp.AnswerBytesMax} bytes."))
            : Body;
    }

    /// <summary>The failure that the answer is. It is logged, and so quotes nothing of the other store's.</summary>
    public LinkException Failure() => new(FormattableString.Invariant($"The other store answered {Status}."));

    /// <summary>What the other store says against a record, for whoever the record is shown to.</summary>
    public string Refusal()
    {
        string text = Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, ExcerptMax)]);
        string excerpt = new([.. text.Select(sign => char.IsControl(sign) ? ' ' : sign)]);
        return FormattableString.Invariant($"The other store answered {Status}: {excerpt}");
    }
}
