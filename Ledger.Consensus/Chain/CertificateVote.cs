namespace Ledger.Consensus;

/// <summary>
/// One vote of a certificate: the voter's place in the set of the certificate's epoch, and 64 bytes of signature.
/// </summary>
public readonly record struct CertificateVote(int Validator, ReadOnlyMemory<byte> Signature);
