/** Who has signed a commit or a tag of Git, and whether that is one of those who may: by SSH keys or OpenPGP keys, without programs. */
package dev.converge.signature;
