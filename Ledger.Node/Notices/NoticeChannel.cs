namespace Ledger.Node.Notices;

/// <summary>A way by which a learner is told. The numbers stand in the node's files.</summary>
public enum NoticeChannel
{
    /// <summary>A POST to an address of the learner's.</summary>
    Webhook = 1,

    /// <summary>Mail.</summary>
    Mail = 2,
}
