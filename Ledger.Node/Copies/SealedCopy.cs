namespace Ledger.Node.Copies;

/// <summary>What of a copy stands in its row: nothing that tells whose it is, or what it says.</summary>
/// <param name="Learner">A digest of the learner.</param>
/// <param name="Verb">A digest of the verb.</param>
/// <param name="Key">The id of the key under which name and content are sealed.</param>
/// <param name="Name">Learner and verb, sealed.</param>
/// <param name="Content">The record with its receipt, sealed.</param>
internal sealed record SealedCopy(byte[] Learner, byte[] Verb, long Key, byte[] Name, byte[] Content);
