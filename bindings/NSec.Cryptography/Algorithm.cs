using System.ComponentModel;
using System.Runtime.CompilerServices;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>An algorithm; two are equal only if they are one object, and so for their keys.</summary>
public abstract class Algorithm
{
    private protected Algorithm() => LibsodiumLibrary.EnsureReady();

    /// <inheritdoc cref="object.Equals(object?, object?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static new bool Equals(object? objA, object? objB) => object.Equals(objA, objB);

    /// <inheritdoc cref="object.ReferenceEquals(object?, object?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static new bool ReferenceEquals(object? objA, object? objB) => object.ReferenceEquals(objA, objB);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed override bool Equals(object? obj) => this == obj;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed override string? ToString() => GetType().ToString();

    /// <summary>The size in bytes of the secret as exported.</summary>
    internal virtual int SecretSize => throw HasNoKeys();

    /// <summary>The size in bytes of a public key.</summary>
    internal virtual int PublicSize => throw HasNoKeys();

    /// <summary>The format of the secret key.</summary>
    internal virtual KeyBlobFormat SecretFormat => throw HasNoKeys();

    /// <summary>Makes libsodium's form of the secret key, and the public key if there is one.</summary>
    internal virtual SecureMemory Expand(ReadOnlySpan<byte> secret, out PublicKey? publicKey) => throw HasNoKeys();

    /// <summary>Makes a public key from its bytes; the bytes have the right size.</summary>
    internal virtual PublicKey PublicKeyFrom(ReadOnlySpan<byte> bytes) => throw HasNoKeys();

    /// <summary>Throws unless the key belongs to this algorithm.</summary>
    private protected void CheckOwns(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Algorithm != this)
        {
            throw new ArgumentException($"The key belongs to {key.Algorithm}, not to {this}.", nameof(key));
        }
    }

    /// <summary>Throws unless the key belongs to this algorithm.</summary>
    private protected void CheckOwns(PublicKey publicKey, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(publicKey, parameterName);
        if (publicKey.Algorithm != this)
        {
            throw new ArgumentException($"The key belongs to {publicKey.Algorithm}, not to {this}.", parameterName);
        }
    }

    private NotSupportedException HasNoKeys() => new($"{this} has no keys of this kind.");
}
