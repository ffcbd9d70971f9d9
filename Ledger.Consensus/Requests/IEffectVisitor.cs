namespace Ledger.Consensus;

/// <summary>One method for each kind of effect.</summary>
public interface IEffectVisitor
{
    /// <summary>Asks for a block.</summary>
    void Visit(Effect.BuildProposal effect);

    /// <summary>Asks for an execution.</summary>
    void Visit(Effect.Execute effect);

    /// <summary>Signs, writes, sends.</summary>
    void Visit(Effect.SignAndSend effect);

    /// <summary>Writes.</summary>
    void Visit(Effect.Persist effect);

    /// <summary>Sends again.</summary>
    void Visit(Effect.Resend effect);

    /// <summary>Commits.</summary>
    void Visit(Effect.Commit effect);

    /// <summary>Asks for blocks.</summary>
    void Visit(Effect.RequestBlocks effect);

    /// <summary>Stores evidence.</summary>
    void Visit(Effect.RecordEvidence effect);
}
