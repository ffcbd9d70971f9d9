namespace NSec.Cryptography;

/// <summary>How a shared secret is written as bytes.</summary>
public enum SharedSecretBlobFormat
{
    /// <summary>The bytes of the secret.</summary>
    RawSharedSecret = 1,
}
