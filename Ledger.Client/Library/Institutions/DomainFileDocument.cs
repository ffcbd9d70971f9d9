namespace Ledger.Client.Institutions;

/// <summary>The JSON of a domain file; all members but the domain are hexadecimal.</summary>
internal sealed record DomainFileDocument(
    string ChainId, string Domain, string Address, string PublicKey, string Signature);
