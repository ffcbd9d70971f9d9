namespace Ledger.Consensus;

/// <summary>One method for each kind of input.</summary>
internal interface IInputVisitor
{
    void Visit(Input.Tick input);

    void Visit(Input.MessageReceived input);

    void Visit(Input.ProposalBuilt input);

    void Visit(Input.Executed input);

    void Visit(Input.Signed input);

    void Visit(Input.Refused input);

    void Visit(Input.WorkChanged input);

    void Visit(Input.OldestWork input);

    void Visit(Input.KeyUsedElsewhere input);

    void Visit(Input.CertifiedBlockReceived input);

    void Visit(Input.PeerClaimed input);

    void Visit(Input.BadAnswer input);
}
