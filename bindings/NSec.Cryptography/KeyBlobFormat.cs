namespace NSec.Cryptography;

/// <summary>How a key is written as bytes; formats of secret keys are negative.</summary>
public enum KeyBlobFormat
{
    /// <summary>The bytes of a symmetric key.</summary>
    RawSymmetricKey = -1,

    /// <summary>The bytes of a private key: the 32 byte seed for Ed25519, the 32 byte scalar for X25519.</summary>
    RawPrivateKey = -2,

    /// <summary>The bytes of a public key.</summary>
    RawPublicKey = 1,
}
