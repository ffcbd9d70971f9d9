namespace Ledger.Consensus;

/// <summary>The proposal that a replica took in the view it is in, and how far it has come. Rules C-2 to C-4.</summary>
internal sealed class AcceptedProposal(ProposalBlock block, ExecutionMode mode, VerifiedMessage? message)
{
    /// <summary>The block.</summary>
    public ProposalBlock Block => block;

    /// <summary>What it rests on.</summary>
    public ExecutionMode Mode => mode;

    /// <summary>The leader's message, for evidence; null after a restart.</summary>
    public VerifiedMessage? Message => message;

    /// <summary>Whether a second proposal of the same leader was recorded.</summary>
    public bool ConflictRecorded { get; set; }

    /// <summary>Whether the prepare vote was asked for.</summary>
    public bool PrepareRequested { get; set; }

    /// <summary>Whether the prepare vote is durable and sent.</summary>
    public bool PrepareSigned { get; set; }

    /// <summary>Whether the commit vote was asked for.</summary>
    public bool CommitRequested { get; set; }
}
