"""The registers, one file each; `menu` lists them."""
