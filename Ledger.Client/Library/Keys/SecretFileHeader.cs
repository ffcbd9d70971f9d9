namespace Ledger.Client.Keys;

/// <summary>What a secret file says openly; it is authenticated together with the secrets.</summary>
/// <param name="Kind">What the file is for: lower-case letters and dashes, such as <c>signing-key</c>.</param>
/// <param name="Address">Whose it is: 64 hexadecimal digits, or empty.</param>
/// <param name="PublicKey">The public key that belongs to the secret: 64 hexadecimal digits, or empty.</param>
public sealed record SecretFileHeader(string Kind, string Address, string PublicKey);
