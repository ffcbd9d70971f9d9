namespace Ledger.Benchmarks.Costs;

/// <summary>What agreement on one block took.</summary>
/// <param name="Height">The block.</param>
/// <param name="View">The view in which it was decided.</param>
/// <param name="Signatures">Signatures of its certificate.</param>
/// <param name="CertificateBytes">The certificate's length.</param>
/// <param name="Messages">
/// Messages of agreement that all nodes sent meanwhile, one for each receiver, those that tell where a node stands
/// included.
/// </param>
/// <param name="TimeMs">From handing its one transaction in until it was decided.</param>
public sealed record AgreementBlock(
    ulong Height, ulong View, int Signatures, int CertificateBytes, ulong Messages, double TimeMs);
