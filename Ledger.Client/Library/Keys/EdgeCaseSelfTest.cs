using Ledger.Primitives;

namespace Ledger.Client.Keys;

/// <summary>
/// Signatures at the edges of Ed25519, on which implementations differ, with the answers of libsodium 1.0.18. A node
/// whose
/// library answers otherwise would fork from the others, so it refuses to start. The signatures are of our own making:
/// points
/// of small order, points with a torsion part, scalars out of range.
/// </summary>
public static class EdgeCaseSelfTest
{
    // The eight points of small order, in all of their encodings that a lenient reader takes.
    private static readonly string[] SmallOrderPoints =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];

    private static readonly EdgeCase[] Cases =
    [
        new(
            "an honest signature",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "a7c5cd34366f74dfb61f6243da55990328e90224d6311ecf69088e695a2bed85",
            "1302282870b4a8fe5fce3df1f805342a7cd84d5a9b9f079b85d6f2a75bd7f5bc"
            + "7495047b9d3c16a95af003afb4fd5a09ef403a1af9662ad421baa6bf9b64d30c",
            Accepted: true),
        new(
            "the scalar S not reduced",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "a7c5cd34366f74dfb61f6243da55990328e90224d6311ecf69088e695a2bed85",
            "1302282870b4a8fe5fce3df1f805342a7cd84d5a9b9f079b85d6f2a75bd7f5bc"
            + "6169fad7b79f2801318dfb5193f7391eef403a1af9662ad421baa6bf9b64d31c",
            Accepted: false),
        new(
            "a high bit in the scalar S",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "a7c5cd34366f74dfb61f6243da55990328e90224d6311ecf69088e695a2bed85",
            "1302282870b4a8fe5fce3df1f805342a7cd84d5a9b9f079b85d6f2a75bd7f5bc"
            + "7495047b9d3c16a95af003afb4fd5a09ef403a1af9662ad421baa6bf9b64d38c",
            Accepted: false),
        new(
            "a key with a torsion part that the equation with cofactor forgives",
            "1f4f580e73ac208f06760190e9edc6f5916775dabd9c1cdca393175c2d6d1083",
            "1c087813ecbddf6f4b30033736522ddcadcc2f836523113573e73e9c2123533b",
            "034845e2bd33daa36e9d4470a46a8fe5e501276a69af41416afd52b503f971a9"
            + "317fc380858ed59a2878470c4ee27af75f8e34c334b257d3cee2f192451db70c",
            Accepted: false),
        new(
            "a key with a torsion part that the challenge removes",
            "1f4f580e73ac208f06760190e9edc6f5916775dabd9c1cdca393175c2d6d1083",
            "08fe3733446247002faacda3cda7880d4a6ddb97d24f0258519bdcc53d312c10",
            "f5d98f3b83509e1941803a66b3fe7ee9e3cbac5900ee0f314e7bb91d1c024e0f"
            + "610512f0a7c16401f24bb84eda3dafe3088b3489f6826c4848430188fb3eaf04",
            Accepted: true),
        new(
            "a commitment with a torsion part",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "ab695868b32d595d0e68f9a2a1d7bc80a7d5162e4911eb6d4ff15ec69c7c45e7",
            "9fc56c58e7dc0748ce6a870ec45e4595643da238881269d188cc1c0385b74844"
            + "3b86745383b87065bfc18cde79af03e9fed8e40e859eca11a4cc8e7d67cd0f07",
            Accepted: false),
        new(
            "torsion parts of key and commitment that cancel out",
            "1f4f580e73ac208f06760190e9edc6f5916775dabd9c1cdca393175c2d6d1083",
            "007a94009c27c76d481208a117c8b7a6b12822bc732446ff243249bfb5879326",
            "07e7f137ddd4e689121b782e60d5e3fb34de019ab4ccacdf0249308c2e94b4f0"
            + "5b10dc4725630093d787b0361552d058624cac4f49de56771758679d5fad730e",
            Accepted: true),
        new(
            "the identity as commitment",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "e0d641a57c88ecffcd13ed312edb8fd676e7929cfe4930deccad2b6741c6ba16",
            "0100000000000000000000000000000000000000000000000000000000000000"
            + "049681063fbb5d536295e6eae4a394004790a0961c6c08ccbfafe2715b9cb109",
            Accepted: false),
        new(
            "the identity as key",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "7fdfbb6b300334dffb8d39f67f6487d209e092754cb47210fa9744c1765e57b9",
            "ef4f62f8479733ad879cfaced3c89a9c39dd4fc795ef2efa1c3eafe4d729a081"
            + "3930000000000000000000000000000000000000000000000000000000000000",
            Accepted: false),
        new(
            "the identity as key, not in its canonical encoding",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "7fdfbb6b300334dffb8d39f67f6487d209e092754cb47210fa9744c1765e57b9",
            "ef4f62f8479733ad879cfaced3c89a9c39dd4fc795ef2efa1c3eafe4d729a081"
            + "3930000000000000000000000000000000000000000000000000000000000000",
            Accepted: false),
        new(
            "a key that is not on the curve",
            "0200000000000000000000000000000000000000000000000000000000000000",
            "7fdfbb6b300334dffb8d39f67f6487d209e092754cb47210fa9744c1765e57b9",
            "ef4f62f8479733ad879cfaced3c89a9c39dd4fc795ef2efa1c3eafe4d729a081"
            + "3930000000000000000000000000000000000000000000000000000000000000",
            Accepted: false),
        new(
            "zero as scalar, the identity as commitment",
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c",
            "7fdfbb6b300334dffb8d39f67f6487d209e092754cb47210fa9744c1765e57b9",
            "0100000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000000",
            Accepted: false),
        new(
            "the group order as scalar",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "7fdfbb6b300334dffb8d39f67f6487d209e092754cb47210fa9744c1765e57b9",
            "0100000000000000000000000000000000000000000000000000000000000000"
            + "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
            Accepted: false),
    ];

    /// <summary>Runs all cases; throws <see cref="EdgeCaseException"/> at the first whose answer differs.</summary>
    /// <returns>The number of signatures that were checked.</returns>
    public static int Run(ISignatureVerifier verifier)
    {
        foreach (EdgeCase edge in Cases)
        {
            Check(verifier, edge);
        }

        return Cases.Length + RunSmallOrder(verifier);
    }

    private static int RunSmallOrder(ISignatureVerifier verifier)
    {
        int checks = 0;
        string zero = new('0', PublicKeyBytes.Size * 2);
        foreach (string key in SmallOrderPoints)
        {
            foreach (string commitment in SmallOrderPoints)
            {
                Check(verifier, new EdgeCase("points of small order", key, zero, commitment + zero, Accepted: false));
                checks++;
            }
        }

        return checks;
    }

    private static void Check(ISignatureVerifier verifier, EdgeCase edge)
    {
        PublicKeyBytes key = new(Convert.FromHexString(edge.Key));
        Hash256 digest = new(Convert.FromHexString(edge.Digest));
        if (verifier.Verify(key, digest, Convert.FromHexString(edge.Signature)) != edge.Accepted)
        {
            throw new EdgeCaseException(edge.Name);
        }
    }

    private sealed record EdgeCase(string Name, string Key, string Digest, string Signature, bool Accepted);
}
