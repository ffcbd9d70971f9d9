namespace Ledger.Consensus;

/// <summary>Keeps proofs that a key signed two messages for one slot (C-6).</summary>
public interface IEvidenceLog
{
    /// <summary>Stores both messages as they were signed.</summary>
    void Record(EquivocationEvidence evidence);
}
