namespace Ledger.Node.Notices;

/// <summary>Where a learner is told. It stands in no log, so it has no text of its own.</summary>
/// <param name="Webhook">An address of https; empty for none.</param>
/// <param name="Mail">A mail address; empty for none.</param>
/// <param name="Set">When the learner set them.</param>
public sealed record NoticeAddressPair(string Webhook, string Mail, DateTimeOffset Set)
{
    /// <summary>The address of a channel; empty for none.</summary>
    public string Of(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Webhook => Webhook,
        NoticeChannel.Mail => Mail,
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    /// <inheritdoc/>
    public override string ToString() => nameof(NoticeAddressPair);
}
